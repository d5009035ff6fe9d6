using System.CommandLine;

namespace MlatExchange.Cli.Evidence;

/// <summary>What <c>mlat seal</c> is told.</summary>
internal sealed class SealOptions
{
    internal Argument<string?> File { get; } = new("FILE") { Description = "The evidence, as it is. It stays where it is. Not with --fhir.", Arity = ArgumentArity.ZeroOrOne };

    internal HealthOptions Health { get; } = new();

    internal Option<string> Transfer { get; } = new("--transfer") { Description = "Wire id of the transfer, or 'new'.", HelpName = "ID", DefaultValueFactory = _ => "new" };

    internal Option<string> Ref { get; } = Needed("--ref", "Reference of the item in the transfer, such as i1.", "REF");

    internal Option<string?> RequestItem { get; } = new("--request-item") { Description = "Item of the request that it answers; left out: the same reference.", HelpName = "REF" };

    internal Option<string> Supplier { get; } = Needed("--supplier", "Entity id of this side's node, such as https://node.xb.example.", "ENTITY");

    internal Option<string> Authority { get; } = Needed("--authority", "Code of the requesting authority.", "CODE");

    internal Option<string> EvidenceKey { get; } = Needed("--evidence-key", "The evidence key that the request names: its thumbprint, or a file with the public JWK.", "KEY");

    internal Option<string> Trust { get; } = Needed("--trust", "Folder with anchors.json and the signed trust lists.", "FOLDER");

    internal Option<string> MediaType { get; } = new("--media-type") { Description = "As you declare it; nothing looks into the content.", DefaultValueFactory = _ => "application/octet-stream" };

    internal Option<string> DataCategory { get; } = Needed("--data-category", "Such as content or traffic.", "CODE");

    internal Option<string> SubjectCategory { get; } = Needed("--subject-category", "LED6a, LED6b, LED6c or LED6d.", "CODE");

    internal Option<string> Handling { get; } = new("--handling") { Description = "Handling code.", DefaultValueFactory = _ => "restricted" };

    internal Option<string> Terms { get; } = Needed("--terms", "JSON {retention, conditions} that bind whoever opens it.", "FILE");

    internal Option<DateTimeOffset?> ReleaseBy { get; } = new("--release-by") { Description = "Until when this side's node releases its share; left out: in 3 days.", HelpName = "TIME" };

    internal Option<DateTimeOffset?> Expires { get; } = new("--expires") { Description = "Until when the offer can be accepted; left out: in 30 days.", HelpName = "TIME" };

    internal Option<string> Out { get; } = Needed("--out", "Folder for the sealed file, offer.json and the custody record. A second item of the transfer goes to the same folder.", "FOLDER");

    internal CustodyOptions Custody { get; } = new();

    internal NodeOptions Node { get; } = new();

    private static Option<string> Needed(string name, string description, string helpName) => new(name) { Description = description, Required = true, HelpName = helpName };
}
