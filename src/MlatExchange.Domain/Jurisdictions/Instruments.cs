namespace MlatExchange.Domain.Jurisdictions;

/// <summary>
/// Codes of legal instruments. A request names exactly one; settings list those in force with a counterpart. A form of an instrument has a code of
/// its own (<c>BC29</c> is the preservation request of the Budapest Convention, <c>2AP9</c> the emergency disclosure of its Second Protocol) and is in
/// force when its instrument is.
/// </summary>
public static class Instruments
{
    /// <summary>Law of one jurisdiction: may stand beside the instrument in a legal basis, never in its place.</summary>
    public const string National = "national";

    /// <summary>Any treaty between two jurisdictions, where it does not matter which.</summary>
    public const string Bilateral = "BILATERAL";

    private const string Protocol = "2AP";

    /// <summary>
    /// Whether this is a code a request may name: EEV, EIO, BC, BC29, BC31, 2AP7, 2AP8, 2AP9, 2AP10, UNTOC, or <c>BILATERAL:XA-XC</c> with both parties.
    /// </summary>
    public static bool Known(string code) =>
        code is "EEV" or "EIO" or "BC" or "BC29" or "BC31" or "2AP7" or "2AP8" or "2AP9" or "2AP10" or "UNTOC" || IsBilateral(code);

    /// <summary>Whether a request under <paramref name="instrument"/> rests on one of those in force, listed exactly or by the instrument it is a form of.</summary>
    public static bool InForce(string instrument, IReadOnlyCollection<string> inForce) =>
        inForce.Contains(instrument)
        || inForce.Contains(Treaty(instrument))
        || (IsBilateral(instrument) && inForce.Contains(Bilateral));

    /// <summary>Whether an instrument is the one listed, or a bilateral one where any is.</summary>
    public static bool Is(string instrument, string listed) => instrument == listed || (listed == Bilateral && IsBilateral(instrument));

    /// <summary>Whether two codes name the same instrument, or one a form of the other.</summary>
    public static bool SameTreaty(string one, string other) => Treaty(one) == Treaty(other);

    /// <summary>Whether a bilateral instrument is between exactly these two; true for every other instrument.</summary>
    public static bool Between(string instrument, string one, string other) =>
        !IsBilateral(instrument)
        || (instrument.AsSpan(10, 2).SequenceEqual(one) && instrument.AsSpan(13, 2).SequenceEqual(other))
        || (instrument.AsSpan(10, 2).SequenceEqual(other) && instrument.AsSpan(13, 2).SequenceEqual(one));

    private static string Treaty(string code) => code switch
    {
        "BC29" or "BC31" => "BC",
        "2AP7" or "2AP8" or "2AP9" or "2AP10" => Protocol,
        _ => code,
    };

    private static bool IsBilateral(string code) =>
        code.Length == 15 && code.StartsWith(Bilateral + ":", StringComparison.Ordinal) && code[12] == '-'
        && char.IsAsciiLetterUpper(code[10]) && char.IsAsciiLetterUpper(code[11])
        && char.IsAsciiLetterUpper(code[13]) && char.IsAsciiLetterUpper(code[14]);
}
