namespace MlatExchange.Protocol.Verification;

/// <summary>The seventeen steps of verification, in their order. The first that fails stops the run and is named; the numbers are part of the protocol.</summary>
public enum Step
{
    /// <summary>Size and encoding of the JWE.</summary>
    SizeAndEncoding = 1,

    /// <summary>Exact set of header members and values, before any key is touched.</summary>
    JweHeader,

    /// <summary>The header names one of our keys.</summary>
    RecipientKey,

    /// <summary>It opens.</summary>
    Decrypt,

    /// <summary>Form of the envelope and of the JWS, its <c>typ</c> and algorithm.</summary>
    Shape,

    /// <summary>No member stands twice.</summary>
    DuplicateMembers,

    /// <summary>No <c>crit</c>: the profile has no extension.</summary>
    Critical,

    /// <summary>A trust list states the key for exactly (<c>iss</c>, <c>kid</c>, use).</summary>
    Key,

    /// <summary>The signature holds.</summary>
    Signature,

    /// <summary>From the counterpart of the queue, to this node.</summary>
    IssuerAndAudience,

    /// <summary>Not seen before under this (<c>iss</c>, <c>jti</c>).</summary>
    Known,

    /// <summary>The key was valid when it signed and is not revoked; the issuer is not suspended.</summary>
    KeyStanding,

    /// <summary>Neither from the future nor stale.</summary>
    Clock,

    /// <summary>Payload, acts, shares, disclosures and record are what the kind asks for.</summary>
    Content,

    /// <summary>Its place in the thread.</summary>
    Dialogue,

    /// <summary>The signer of the act is competent for it.</summary>
    Competence,

    /// <summary>It is in the sender's log.</summary>
    LogProof,
}

/// <summary>Names of the steps as they stand in verdicts, vectors and documents.</summary>
public static class Steps
{
    /// <summary>Number, name and source of every step, in order.</summary>
    public static IReadOnlyList<(Step Step, string Name, string Source)> All { get; } =
    [
        (Step.SizeAndEncoding, "size-and-encoding", "RFC 7516 section 7.1, RFC 4648 section 5"),
        (Step.JweHeader, "jwe-header", "RFC 7516 section 4, RFC 8725 section 3.1"),
        (Step.RecipientKey, "recipient-key", "RFC 7638"),
        (Step.Decrypt, "decrypt", "RFC 7518 sections 4.6 and 5.3"),
        (Step.Shape, "shape", "RFC 7515 section 7.1, RFC 8725 section 3.11"),
        (Step.DuplicateMembers, "duplicate-members", "RFC 7515 section 4, RFC 7493 section 2.3"),
        (Step.Critical, "crit", "RFC 7515 section 4.1.11"),
        (Step.Key, "key", "RFC 8725 sections 3.8 and 3.10"),
        (Step.Signature, "signature", "RFC 7515 section 5.2"),
        (Step.IssuerAndAudience, "issuer-and-audience", "RFC 8725 sections 3.8 and 3.9"),
        (Step.Known, "known", "RFC 7519 section 4.1.7"),
        (Step.KeyStanding, "key-standing", "OpenID Federation 1.0 section 8.7"),
        (Step.Clock, "clock", "RFC 7519 section 4.1.6"),
        (Step.Content, "content", "RFC 9901, RFC 8785"),
        (Step.Dialogue, "dialogue", "design"),
        (Step.Competence, "competence", "EEV 4, 21; OpenID Federation 1.0 section 7"),
        (Step.LogProof, "log-proof", "RFC 6962 section 2.1, C2SP tlog-checkpoint"),
    ];

    /// <summary>The name of a step.</summary>
    public static string NameOf(Step step) => All[(int)step - 1].Name;
}

/// <summary>The step that failed and why. Holds no value of the message.</summary>
/// <param name="Rule">Slug of the rule.</param>
/// <param name="JsonPointer">Member at fault; empty where none.</param>
public sealed record StepFailure(Step Step, string Rule, string JsonPointer = "")
{
    internal static StepFailure Of(Step step, Messages.Fault fault, string prefix = "") => new(step, fault.Rule, prefix + fault.JsonPointer);

    internal static string Slug<T>(T rule)
        where T : struct, Enum
        => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(rule.ToString());
}
