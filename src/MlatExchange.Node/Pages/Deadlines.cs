namespace MlatExchange.Node.Pages;

/// <summary>Terms of a case as a view lists them.</summary>
public sealed record Deadlines(NodePage Page, Shown Terms)
{
    /// <summary>How bad a standing is.</summary>
    public static string Meaning(string standing) => standing switch { "late" or "metLate" => "block", "near" => "flag", "met" => "pass", _ => "info" };
}
