using System.Collections.Frozen;

namespace MlatExchange.Domain.Assessment;

/// <summary>
/// The closed sets of codes a request may use (EPOC data model, EIO Annex A, LED Article 6, 2AP Article 14). <c>unknown</c> stands in a set only
/// where a drafting official may honestly not know; a rule that needs such a fact flags.
/// </summary>
public static class Codes
{
    /// <summary>The honest answer of an official who does not know.</summary>
    public const string Unknown = "unknown";

    public const string CriminalProceedings = "criminal-proceedings";
    public const string ExecutionOfSentence = "execution-of-sentence";
    public const string Produce = "produce";
    public const string Preserve = "preserve";
    public const string Emergency = "emergency";
    public const string Victim = "LED6c";

    public static readonly FrozenSet<string> IssuerKinds =
        Set("judge-court-or-investigating-judge", "public-prosecutor", "other-competent-authority");

    public static readonly FrozenSet<string> Proceedings = Set(CriminalProceedings, ExecutionOfSentence);

    public static readonly FrozenSet<string> UrgencyKinds = Set("none", "urgent", Emergency);

    public static readonly FrozenSet<string> Threats =
        Set("imminent-threat-to-life", "imminent-threat-to-critical-infrastructure", Unknown);

    /// <summary>LED Article 6: suspect, convicted, victim, other parties.</summary>
    public static readonly FrozenSet<string> PersonCategories = Set("LED6a", "LED6b", Victim, "LED6d");

    public static readonly FrozenSet<string> Roles = Set(
        "suspect", "accused", "convicted", "victim", "witness", "expert", "informant", "contact", "associate", "third-party", "other");

    /// <summary>Professions that may carry privilege or immunity; absent means the official declares none.</summary>
    public static readonly FrozenSet<string> Professions = Set(
        "journalist", "lawyer", "notary", "tax-adviser", "doctor", "psychotherapist", "clergy", "social-worker",
        "member-of-parliament", "diplomat", "judge", "other", Unknown);

    public static readonly FrozenSet<string> OffenceNatures = Set(
        "ordinary", "political-offence", "offence-against-the-state", "military-offence", "fiscal-offence", Unknown);

    /// <summary>Judgments or proceedings for the same acts (EEV 12(1)(c), EIO 11(1)(d)).</summary>
    public static readonly FrozenSet<string> PriorProceedings = Set("final-judgment", "pending", Unknown);

    /// <summary>What speaks for a breach of a fundamental right (EEV 12(1)(b), EIO 11(1)(f)).</summary>
    public static readonly FrozenSet<string> FundamentalRights = Set("risk", "manifest-breach", Unknown);

    /// <summary>Plans to let the evidence go on to another State or organisation (2AP 14(10)).</summary>
    public static readonly FrozenSet<string> OnwardTransfers = Set("with-prior-consent", "without-prior-consent", Unknown);

    /// <summary>Who the provider is to the data, and why a processor is addressed (EEV Annex I, section G).</summary>
    public static readonly FrozenSet<string> Holders = Set(
        "controller", "processor", "processor-controller-not-identified", "processor-controller-detrimental", Unknown);

    /// <summary>
    /// Whose infrastructure the provider runs, where it runs one for a public authority (EEV 5(8)) or for a professional bound to secrecy (EEV 5(9)): where the authority is, and which branch of 5(9) is
    /// open: the professional resides in the issuing State, addressing him would harm the investigation, the privilege was waived; <c>elsewhere</c> is none of them.
    /// </summary>
    public static readonly FrozenSet<string> Infrastructures = Set(
        "public-authority-in-issuing-state", "public-authority-elsewhere", "professional-in-issuing-state", "professional-detrimental", "professional-privilege-waived", "professional-elsewhere", Unknown);

    /// <summary>The four of EEV 3(9) to (12), then what the measures of EIO Annex A, section C, bring besides.</summary>
    public static readonly FrozenSet<string> DataCategories = Set(
        "subscriber", "identification", "traffic", "content", "financial", "health",
        "existing-evidence", "hearing", "detainee-transfer", "real-time", "covert", "interception");

    public static readonly FrozenSet<string> Measures = Set(Produce, Preserve);

    public static readonly FrozenSet<string> IdentifierTypes = Set(
        "IPV_4", "IPV_6", "IP_ADDRESS_RANGE", "IP_BLOCKS", "EMAIL", "PHONE_NUMBER", "IMEI_NUMBER", "MAC_ADDRESS", "USER_ID",
        "HOST", "ACCOUNT", "CASE_REFERENCE");

    public static readonly FrozenSet<string> Purposes = Set(
        "identify-the-user", "establish-the-facts", "protect-a-victim", "trace-proceeds", "secure-before-loss", "locate-a-person",
        "execute-a-sentence", "avert-a-threat");

    public static readonly FrozenSet<string> Triggers = Set("receipt", "final-judgment", "case-closure");

    public static readonly FrozenSet<string> Disposals = Set("destroy-and-certify", "return-or-destroy", "return", "release");

    public static readonly FrozenSet<string> ConditionTypes = Set([.. Assessment.ConditionTypes.All.Select(type => type.Type)]);

    /// <summary>The 32 categories of EIO Annex D and EEV Annex IV.</summary>
    public static readonly FrozenSet<string> AnnexCategories = Set(
        "participation-in-a-criminal-organisation", "terrorism", "trafficking-in-human-beings", "sexual-exploitation-of-children",
        "illicit-trafficking-in-narcotic-drugs", "illicit-trafficking-in-weapons", "corruption", "fraud",
        "laundering-of-the-proceeds-of-crime", "counterfeiting-currency", "computer-related-crime", "environmental-crime",
        "facilitation-of-unauthorised-entry-and-residence", "murder-or-grievous-bodily-injury", "illicit-trade-in-human-organs",
        "kidnapping-or-hostage-taking", "racism-and-xenophobia", "organised-or-armed-robbery", "illicit-trafficking-in-cultural-goods",
        "swindling", "racketeering-and-extortion", "counterfeiting-and-piracy-of-products", "forgery-of-administrative-documents",
        "forgery-of-means-of-payment", "illicit-trafficking-in-hormonal-substances", "illicit-trafficking-in-nuclear-materials",
        "trafficking-in-stolen-vehicles", "rape", "arson", "crimes-within-the-jurisdiction-of-the-international-criminal-court",
        "unlawful-seizure-of-aircraft-or-ships", "sabotage", Unknown);

    /// <summary>What may be asked for within a data category (EPOC section F; case forms beyond it).</summary>
    public static readonly FrozenDictionary<string, FrozenSet<string>> Options = new Dictionary<string, FrozenSet<string>>
    {
        ["subscriber"] = Set(
            "USER_INFORMATION", "REGISTRATION_INFORMATION", "TYPE_OF_SERVICE_INFORMATION", "PROFILE_INFORMATION",
            "VALIDATION_OF_USE_OF_SERVICE_INFORMATION", "DEBIT_OR_CREDIT_CARD_INFORMATION", "PUK_CODES_INFORMATION", "OTHER"),
        ["identification"] = Set("IP_CONNECTION", "SOURCE_PORTS", "USER_ID", "INTERFACE", "OTHER"),
        ["traffic"] = Set("TELEPHONY", "INTERNET", "HOSTING", "LOG_FILES", "BASE_STATION", "MAIL_HEADERS", "PURCHASE_HISTORY",
            "PREPAID_CHARGING_HISTORY", "CONTACT_LIST", "OTHER"),
        ["content"] = Set("MAILBOX", "ONLINE_STORAGE", "PAGE", "MESSAGE_LOG", "VOICEMAIL", "SERVER_CONTENTS", "DEVICE_BACKUP", "OTHER"),
        ["financial"] = Set("ACCOUNT_HOLDER", "ACCOUNTS", "OPERATIONS", "OTHER"),
        ["health"] = Set("FORENSIC_EXAMINATION", "MEDICAL_HISTORY", "LABORATORY_RESULTS", "OTHER"),
        ["existing-evidence"] = Set("CASE_MATERIAL", "POLICE_DATABASE", "JUDICIAL_DATABASE", "OTHER"),
        ["hearing"] = Set("IN_PERSON", "VIDEO", "TELEPHONE"),
        ["detainee-transfer"] = Set("TO_REQUESTING_STATE", "TO_REQUESTED_STATE"),
        ["real-time"] = Set("TRANSACTION_MONITORING", "CONTROLLED_DELIVERY", "OTHER"),
        ["covert"] = Set("COVERT_INVESTIGATION"),
        ["interception"] = Set("WITH_ASSISTANCE", "WITHOUT_ASSISTANCE"),
    }.ToFrozenDictionary();

    /// <summary>Whether a role fits a LED category: a victim is LED6c and nothing else, or her name could travel under another category.</summary>
    public static bool Fits(string category, string role) => category switch
    {
        "LED6a" => role is "suspect" or "accused",
        "LED6b" => role is "convicted",
        Victim => role is "victim",
        _ => role is not ("suspect" or "accused" or "convicted" or "victim"),
    };

    private static FrozenSet<string> Set(params string[] codes) => codes.ToFrozenSet(StringComparer.Ordinal);
}
