using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

/// <summary>A sound draft with every member a draft may have, to be spoilt one member at a time.</summary>
public static class DraftSample
{
    public static JsonObject Json() => JsonNode.Parse("""
        {
          "instrument": "EEV",
          "addressee": { "jurisdiction": "XB", "authority": "xb-central" },
          "issuer": { "jurisdiction": "XA", "authority": "xa-judge", "kind": "judge-court-or-investigating-judge", "reference": "FILE-7" },
          "legalBasis": [
            { "instrument": "EEV", "article": "4(2)" },
            { "instrument": "national", "jurisdiction": "XA", "article": "Criminal Procedure Code 88a" }
          ],
          "offence": {
            "statute": "XA Criminal Code 1", "maxPenaltyMonths": 60, "annexCategory": "fraud", "viaInformationSystem": true,
            "directive": "2013/40 Art 4", "nature": "ordinary", "committedIn": "XA", "priorProceedings": null, "description": "In the words of the official."
          },
          "proceedings": "criminal-proceedings",
          "sentence": { "months": 5, "inAbsentia": false, "absconded": true },
          "urgency": { "kind": "emergency", "threat": "imminent-threat-to-life", "grounds": "Somebody is in danger." },
          "persons": [
            { "ref": "p1", "category": "LED6a", "role": "suspect", "residence": "XB", "minor": false, "profession": "other",
              "identity": { "name": "A Name", "birthDate": "1990-02-28" } },
            { "ref": "v1", "category": "LED6c", "role": "victim", "residence": "unknown", "minor": true }
          ],
          "items": [
            { "ref": "i1", "dataCategory": "content", "measure": "produce", "identifierType": "EMAIL", "identifier": "a@example.invalid",
              "service": "example-mail", "from": "2026-01-01", "to": "2026-01-31", "person": "p1", "options": ["MAILBOX"], "specialCategory": false, "holder": "controller", "label": null },
            { "ref": "i2", "dataCategory": "subscriber", "identifierType": "USER_ID", "identifier": "user-1", "from": null, "to": null,
              "options": ["USER_INFORMATION", "OTHER"] }
          ],
          "custodian": "The keeper",
          "intendsMutualAssistance": true,
          "necessity": { "purpose": "establish-the-facts", "lessIntrusiveConsidered": "None works.", "couldBeOrderedInSimilarDomesticCase": true },
          "retention": { "maximumDays": 365, "trigger": "final-judgment", "reviewEveryDays": 90, "disposal": "destroy-and-certify", "legalReference": "Act 12" },
          "conditions": [ { "type": "UseOnlyFor", "value": "this case", "items": ["i1"] }, { "type": "Confidential", "items": ["i1", "i2"] } ],
          "notice": { "delay": true, "reviewAfterDays": 60 },
          "fundamentalRights": null,
          "onwardTransfer": null,
          "validatingAuthority": "xa-judge-2",
          "language": "en",
          "facts": { "text": "What happened.", "language": "en" }
        }
        """)!.AsObject();

    public static Reading<RequestContent> Parse(JsonNode draft, string jurisdiction = "XA") =>
        RequestContent.Parse(Encoding.UTF8.GetBytes(draft.ToJsonString()), jurisdiction);

    public static RequestFacts Facts() => Parse(Json()).Value!.ToFacts();

    /// <summary>The node at a JSON pointer.</summary>
    public static JsonNode At(JsonNode root, string pointer) => pointer.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(root, (node, step) => (node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : node[step])!);

    /// <summary>Puts a value at a JSON pointer, or removes the member when the value is absent.</summary>
    public static void Put(JsonNode root, string pointer, string? json)
    {
        var cut = pointer.LastIndexOf('/');
        var (parent, name) = (At(root, pointer[..cut]), pointer[(cut + 1)..]);
        if (parent is JsonArray list)
        {
            var index = int.Parse(name, System.Globalization.CultureInfo.InvariantCulture);
            if (index < list.Count)
                list[index] = JsonNode.Parse(json!);
            else
                list.Add(JsonNode.Parse(json!));
        }
        else if (json is null)
        {
            parent.AsObject().Remove(name);
        }
        else
        {
            parent[name] = JsonNode.Parse(json);
        }
    }

    /// <summary>Every member of every object below, as pointers.</summary>
    public static IEnumerable<string> Members(JsonNode? node, string at = "") => node switch
    {
        JsonObject o => o.SelectMany(m => new[] { $"{at}/{m.Key}" }.Concat(Members(m.Value, $"{at}/{m.Key}"))),
        JsonArray a => a.SelectMany((e, i) => Members(e, $"{at}/{i}")),
        _ => [],
    };

    /// <summary>Every object below, as pointers.</summary>
    public static IEnumerable<string> Objects(JsonNode? node, string at = "") => node switch
    {
        JsonObject o => new[] { at }.Concat(o.SelectMany(m => Objects(m.Value, $"{at}/{m.Key}"))),
        JsonArray a => a.SelectMany((e, i) => Objects(e, $"{at}/{i}")),
        _ => [],
    };
}
