namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>The node that speaks.</summary>
/// <param name="Jurisdiction">ISO 3166-1 alpha-2 code.</param>
/// <param name="Entity">Its entity id in the trust list, such as <c>https://node.xa.example</c>.</param>
/// <param name="LogOrigin">Origin of its log as checkpoints name it, such as <c>node.xa.example/log/2026</c>.</param>
/// <param name="BaseUrl">Where others reach it, without a slash at the end: what addresses in answers begin with, whatever name the caller used.</param>
public sealed record FhirNode(string Jurisdiction, string Entity, string LogOrigin, string BaseUrl = "");
