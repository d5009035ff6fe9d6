namespace MlatExchange.Protocol.Messages;

/// <summary>One faulty member of a payload: where it stands and which rule it breaks. Holds no value of the payload, so it may be shown and stored.</summary>
/// <param name="JsonPointer">JSON pointer (RFC 6901) from the payload's root; empty for the payload itself.</param>
/// <param name="Rule">Slug of the rule, such as <c>missing-member</c> or <c>unknown-member</c>.</param>
/// <param name="Expected">What the rule asks for, in a few words.</param>
public sealed record Fault(string JsonPointer, string Rule, string Expected);
