namespace MlatExchange.Domain.Jurisdictions;

/// <summary>What happened to a node that belongs to no case. Stream <c>jurisdiction-{code}</c>.</summary>
public abstract record JurisdictionEvent
{
    private JurisdictionEvent()
    {
    }

    /// <summary>Name of the stream of the jurisdiction <paramref name="code"/>.</summary>
    public static string StreamName(string code) => $"jurisdiction-{code}";

    /// <summary>The node started with other rule packs than before: these are the ones it now has. Requests that run keep the pack they were signed under.</summary>
    [EventName("jurisdiction.rule-packs-changed.v1", "alteration")]
    public sealed record RulePacksChanged(IReadOnlyList<PackInUse> Packs, DateTimeOffset At) : JurisdictionEvent;
}

/// <summary>A rule pack that a node has loaded.</summary>
/// <param name="Pack">Id and version, such as <c>eev@2</c>.</param>
/// <param name="Digest"><c>sha-256:...</c> over the bytes of its file, which signed requests name.</param>
/// <param name="SignedBy">RFC 7638 thumbprint of the anchor's key under its signature; absent for a pack that is not signed.</param>
public sealed record PackInUse(string Pack, string Digest, string? SignedBy = null);

/// <summary>What a node remembers of itself.</summary>
/// <param name="Packs">Rule packs it last started with; empty before the first start.</param>
public sealed record JurisdictionState(IReadOnlyList<PackInUse> Packs)
{
    public static JurisdictionState Initial { get; } = new([]);

    /// <summary>The state after one more event.</summary>
    public static JurisdictionState Evolve(JurisdictionState state, JurisdictionEvent happened) => happened switch
    {
        JurisdictionEvent.RulePacksChanged e => new(e.Packs),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is not known."),
    };
}
