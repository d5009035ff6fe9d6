namespace MlatExchange.Domain.Oversight;

/// <summary>Why an oversight body looks: the closed set that a <c>Purpose-Code</c> may carry (LED 25(2), 46(1)).</summary>
public enum PurposeCode
{
    /// <summary>Is the processing lawful (LED 25(2), 46(1)(a)).</summary>
    LawfulnessVerification,

    /// <summary>A person complained or exercises rights through the body (LED 17, 46(1)(f)).</summary>
    ComplaintHandling,

    /// <summary>Integrity and security of the data (LED 25(2)).</summary>
    IntegrityAndSecurity,

    /// <summary>An inquiry on the body's own motion (LED 46(1)(i)).</summary>
    OwnInitiativeInquiry,

    /// <summary>The authority checks itself (LED 25(2)).</summary>
    SelfMonitoring,

    /// <summary>Criminal proceedings about the use of the system (LED 25(2)).</summary>
    CriminalProceedings,

    /// <summary>Statistics and annual report (LED 49, EEV 28(2)).</summary>
    Statistics,
}

/// <summary>Purpose codes as they stand in a header, a JSON body and the log: kebab-case.</summary>
public static class Purposes
{
    /// <summary>All codes.</summary>
    public static IEnumerable<string> Codes => EnumCode.All<PurposeCode>().Order(StringComparer.Ordinal);

    /// <summary>The purpose, or null when the code is not of the closed set. Case counts.</summary>
    public static PurposeCode? Parse(string code) => EnumCode.Read<PurposeCode>(code);
}
