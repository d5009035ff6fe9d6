using System.Text;
using Hl7.Fhir.Model;
using MlatExchange.Node.Oversight.Fhir;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>The approved examples in <c>contracts/fhir/examples</c>: one file per kind of event and resource. MLAT_WRITE_CONTRACTS=1 writes them.</summary>
internal static class FhirExamples
{
    public static string Folder { get; } = Path.Combine(Checkout(), "contracts", "fhir");

    /// <summary>Name of the file and the text it must hold, as this build writes it.</summary>
    public static IReadOnlyDictionary<string, string> Written { get; } =
        Told.ByKind.SelectMany(kind => kind.Value.Resources.Select(resource => ($"{Kind(resource)}-{kind.Key}.json", Text(resource)))).ToDictionary(StringComparer.Ordinal);

    public static string Text(Resource resource) => Encoding.UTF8.GetString(FhirJson.Write(resource, indented: true)) + "\n";

    public static string Kind(Resource resource) => resource is AuditEvent ? "AuditEvent" : "Provenance";

    public static string PathOf(string file) => Path.Combine(Folder, "examples", file);

    public static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MlatExchange.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside a checkout: no MlatExchange.sln above them.");
    }
}
