namespace MlatExchange.Node.Hosting;

/// <summary>Section <c>Node</c> of the settings: which node this is and where its files are.</summary>
/// <param name="Jurisdiction">ISO 3166-1 alpha-2 code.</param>
/// <param name="BaseUrl">Where others reach this node, as the trust list states it.</param>
/// <param name="KeysPath">The node's private keys.</param>
/// <param name="TrustPath">Anchors and signed trust lists.</param>
/// <param name="DataPath">Data keys, guard and evidence; on media that no database backup covers.</param>
public sealed record NodeSettings(string Jurisdiction, string BaseUrl, string KeysPath, string TrustPath, string DataPath)
{
    public string DataKeys => Path.Combine(DataPath, "keys");

    public string Guard => Path.Combine(DataPath, "guard");

    public string Evidence => Path.Combine(DataPath, "evidence");

    /// <exception cref="InvalidOperationException">A setting is missing; the message names it.</exception>
    public static NodeSettings Of(IConfiguration settings) => new(
        Needed(settings, "Node:Jurisdiction"), Needed(settings, "Node:BaseUrl"), Needed(settings, "Node:KeysPath"), Needed(settings, "Node:TrustPath"), Needed(settings, "Node:DataPath"));

    public static string Needed(IConfiguration settings, string name) =>
        settings[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {name} is missing.");
}
