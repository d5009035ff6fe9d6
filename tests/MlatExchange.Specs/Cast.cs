using MlatExchange.Domain;

namespace MlatExchange.Specs;

/// <summary>The officials that the specs tell of, by pseudonym; all synthetic.</summary>
public static class Cast
{
    public static readonly Official Drafter = new(new("ann"), "drafter", "xa-prosecutor");

    public static readonly Official OtherDrafter = new(new("bea"), "drafter", "xa-prosecutor");

    public static readonly Official Assessor = new(new("ben"), "assessor", "xa-prosecutor");

    public static readonly Official OtherAssessor = new(new("cora"), "assessor", "xa-prosecutor");

    public static readonly Official Approver = new(new("carl"), "approver", "xa-prosecutor");

    public static readonly Official OtherApprover = new(new("dora"), "approver", "xa-prosecutor");

    public static readonly Official Signer = new(new("dave"), "signer", "xa-prosecutor");

    public static readonly Official ForeignSigner = new(new("paul"), "signer", "xa-police");

    public static readonly Official Judge = new(new("eve"), "judge", "xa-judge");

    public static readonly Official Prosecutor = new(new("finn"), "executing-prosecutor", "xb-central");

    public static readonly Official Supplier = new(new("gwen"), "signer", "xb-central");

    public static readonly Official Holder = new(new("hugo"), "requesting-prosecutor", "xa-prosecutor");

    public static readonly Official Inspector = new(new("iris"), "oversight", "xa-oversight");

    public static readonly Official OtherInspector = new(new("jan"), "oversight", "xb-oversight");

    public static readonly Official Node = new(new("node"), "node", "xa-prosecutor");

    /// <summary>The same person in another role: four eyes look at people.</summary>
    public static Official As(this Official official, string role) => official with { Role = role };

    /// <summary>The <paramref name="hour"/>th hour of the story, which begins on 1 June 2026 at 08:00 UTC.</summary>
    public static DateTimeOffset Hour(double hour) => new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero).AddHours(hour);

    /// <summary>A digest that is told apart by its name.</summary>
    public static string Digest(string of) => $"sha-256:{of}";
}
