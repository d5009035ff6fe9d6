using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Cli.Health;
using MlatExchange.Specs.Deploy;

namespace MlatExchange.Specs.Health;

/// <summary>A synthetic export of a clinic about one child, with everything in it that must not leave, and the question of a request.</summary>
internal static class Examination
{
    /// <summary>What identifies someone in the export, and words that someone wrote.</summary>
    public static readonly string[] Planted =
    [
        "Quillfeather", "Maribelle", "77120934", "Larkspur", "Thornwick", "TW9 4QX", "2014-05", "0142377", "Ossington", "Ferdinand", "Petronella", "Barnabas", "swing", "enc-1", "obs-", "6f1c4a52",
        "patient-birthTime", "JVBERi0x", "/9j/", "thumbs", "centimetres", "spec-1", "urn:clinic",
    ];

    public static HealthAsked Asked { get; } = new(
        ["FORENSIC_EXAMINATION"], "v1", new(2026, 2, 10), new(2026, 2, 12), -40, ["BILATERAL:XA-XC 7", "national XA Criminal Procedure Code 81c"], new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), "mlat/1");

    public static HealthAsked History { get; } = Asked with { Options = ["MEDICAL_HISTORY"], From = null, To = null };

    public static JsonObject Bundle() => JsonNode.Parse(Tree.Read("contracts/evidence/health/bundle.example.json"))!.AsObject();

    /// <summary>A resource of the export, by type and place among its type.</summary>
    public static JsonObject The(this JsonObject bundle, string type, int place = 0) =>
        bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!.AsObject()).Where(resource => (string?)resource["resourceType"] == type).ElementAt(place);

    public static JsonObject With(this JsonObject bundle, Action<JsonObject> change)
    {
        change(bundle);
        return bundle;
    }

    /// <summary>Nothing that was planted is in a text.</summary>
    public static void TellsNothingOf(string told) => Assert.DoesNotContain(Planted, value => told.Contains(value, StringComparison.OrdinalIgnoreCase));

    public static MinimisedHealth Minimised(JsonObject bundle, HealthAsked? asked = null, HealthProfile? profile = null)
    {
        using var document = JsonDocument.Parse(bundle.ToJsonString());
        return MinimiseHealth.Of(document.RootElement, profile ?? HealthProfile.Embedded, asked ?? Asked);
    }

    public static JsonObject Sealed(JsonObject bundle, HealthAsked? asked = null)
    {
        var minimised = Minimised(bundle, asked);
        Assert.Equal([], minimised.Faults);
        return JsonNode.Parse(minimised.Bundle)!.AsObject();
    }
}
