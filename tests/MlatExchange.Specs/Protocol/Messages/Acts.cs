using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Specs.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Messages;

/// <summary>Whole acts of one synthetic case, as each side would write them.</summary>
internal static class Acts
{
    public static readonly DateTimeOffset Issued = new(2026, 11, 20, 9, 30, 0, 250, TimeSpan.Zero);

    public static readonly IssuerRef Prosecutor = new("XA", "xa-prosecutor", "public-prosecutor");
    public static readonly IssuerRef Judge = new("XA", "xa-judge", "judge-court-or-investigating-judge");
    public static readonly IssuerRef Central = new("XB", "xb-central", "public-prosecutor");

    public static readonly string Transfer = Id("transfer");

    /// <summary>The facts as the domain writes them, every member there.</summary>
    public const string Facts = """
        {"instrument":"EEV","addressee":{"jurisdiction":"XB","authority":"xb-central"},
        "issuer":{"jurisdiction":"XA","authority":"xa-prosecutor","kind":"public-prosecutor"},
        "legalBasis":[{"instrument":"EEV","article":"4(1)","jurisdiction":null},{"instrument":"EEV","article":"5(3)","jurisdiction":null}],
        "offence":{"maxPenaltyMonths":60,"annexCategory":"fraud","viaInformationSystem":true,"directive":null,"nature":null,"committedIn":null,"priorProceedings":null},
        "fundamentalRights":null,"onwardTransfer":null,
        "proceedings":"criminal-proceedings","urgency":{"kind":"none","threat":null,"groundsStated":false},
        "persons":[{"ref":"p1","category":"LED6a","role":"suspect","residence":"XB","minor":false,"profession":null},
        {"ref":"v1","category":"LED6c","role":"victim","residence":"XA","minor":false,"profession":null}],
        "items":[{"ref":"i1","dataCategory":"subscriber","measure":"produce","identifierType":"EMAIL","from":"2026-05-01","to":"2026-05-31","person":"p1","options":["USER_INFORMATION"],"specialCategory":false,"holder":null,"label":null}],
        "necessity":{"purpose":"identify-the-user","lessIntrusiveStated":true,"couldBeOrderedInSimilarDomesticCase":true},
        "retention":{"maximumDays":365,"trigger":"final-judgment","reviewEveryDays":90,"disposal":"destroy-and-certify","legalReference":"XA Data Protection (Justice) Act 12"},
        "conditions":[{"type":"UseOnlyFor","items":["i1"],"valueGiven":true}],"notice":{"delay":true,"reviewAfterDays":60},
        "language":"en","custodianStated":false,"intendsMutualAssistance":null,"factsStated":true,"validatingAuthority":null,"sentence":null}
        """;

    public static string Id(string name) => WireId.New(Keys.Drawn("id/" + name));

    public static Digest DigestOf(string name) => Digest.Of(Keys.Utf8(name));

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value, StrictJson.Options);

    public static Dictionary<string, JsonElement> SelectorValues =>
        new() { ["i1"] = Json(new { Identifier = "someone@example.invalid", Service = "example-mail" }) };

    public static Dictionary<string, JsonElement> TextValues => new()
    {
        ["lessIntrusiveConsidered"] = Json((object)"The range was cut to one month."),
        ["facts"] = Json(new { Text = "An online shop never delivered.", Language = "en" }),
        ["condition/0"] = Json((object)"this case"),
    };

    public static (ActBody.Request Body, IReadOnlyList<string> Disclosures) Request(string validation = "none", string? facts = null, string? validator = null)
    {
        var (selectors, first) = Disclosures.Make(Keys.Drawn("selectors"), SelectorValues);
        var (identities, second) = Disclosures.Make(Keys.Drawn("identities"), new Dictionary<string, JsonElement> { ["p1"] = Json(new { Name = "N. N." }) });
        var (texts, third) = Disclosures.Make(Keys.Drawn("texts"), TextValues);
        var body = new ActBody.Request(
            Json(facts ?? Facts), "XA-2026-000130", "XA Criminal Code 263", selectors, identities, texts,
            new WireAssessment("eev@1", DigestOf("pack"), DigestOf("inputs"), "flag", [new WireFinding("range-width", "flag", ["i1"])], ["range-width"]),
            validation, Keys.Alice.Thumbprint, validator);
        return (body, [.. first, .. second, .. third]);
    }

    public static OfferedItem Item(string shareText, int days = 180) => new(
        "e1", "i1", 4096, DigestOf("sealed file"), Base64Url.Encode(DigestOf("commitment").ToArray()), "text/csv", "subscriber", "LED6a", "restricted",
        Digest.Of(Keys.Utf8(shareText)), DigestOf("share b"), new WireRetention(days, "final-judgment", "destroy-and-certify", "XB Mutual Assistance Act 9", 90),
        [new ItemCondition("UseOnlyFor", true), new ItemCondition("NoOnward")], "cli", DigestOf("custody"));

    public static ActBody.TransferOffer Offer(ActRef request, string shareText) =>
        new(Transfer, request, "node", Issued.AddDays(5), Issued.AddDays(30), [Item(shareText)]);

    public static ActBody.ConditionsAccepted Acceptance(ActRef offer, IReadOnlyList<OfferedItem> items) =>
        new(Transfer, offer, OfferDigests.Conditions(items), OfferDigests.Terms(items), Keys.Bob.Public);
}
