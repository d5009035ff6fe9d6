using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Cli.Health;

namespace MlatExchange.Specs.Health;

/// <summary>Bundles made at random (seeded): whatever is planted, wherever R4 lets it stand, does not come out.</summary>
public sealed class MinimisationProperties
{
    private const string Planted = "Zanzibarina";
    private const long PlantedNumber = 918273645546;
    private static readonly string[] Types = ["Patient", "Observation", "Condition", "Procedure", "Specimen", "DiagnosticReport", "Encounter"];

    /// <summary>Every member that R4 has for a resource, filled at random, with a name wherever words fit and a number wherever numbers do.</summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void No_planted_word_survives_in_any_member_that_R4_has(int seed)
    {
        var random = new Random(seed);
        var came = 0;
        for (var round = 0; round < 60; round++)
        {
            var bundle = Examination.Bundle().With(all =>
            {
                all.The("Patient")["name"]![0]!["family"] = Planted;
                all.The("Patient")["identifier"]![0]!["value"] = $"{PlantedNumber}";
            });
            var resource = bundle.The(Types[random.Next(Types.Length)]);
            Fill(resource, (string)resource["resourceType"]!, random, depth: 0);
            foreach (var asked in new[] { Examination.Asked, Examination.History })
            {
                var minimised = Examination.Minimised(bundle, asked);
                var told = Encoding.UTF8.GetString(minimised.Bundle ?? []) + string.Join(' ', minimised.Removed.Select(removal => removal.Path)) + string.Join(' ', minimised.Faults.Select(fault => fault.Pointer));
                Assert.DoesNotContain(Planted, told, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("2014-05-17", told, StringComparison.Ordinal);
                Assert.DoesNotContain($"{PlantedNumber}", told, StringComparison.Ordinal);
                Assert.All(minimised.Faults, fault => Assert.Contains(fault.Rule, new[] { HealthRule.CannotMinimise, HealthRule.IdentifierSurvives, HealthRule.NotOfThePerson }));
                came += minimised.Bundle is null ? 0 : 1;
            }
        }
        Assert.True(came > 20, $"only {came} bundles came through: the property says little");
    }

    /// <summary>A date before another never comes after it, whatever their precision, by whatever number of days.</summary>
    [Fact]
    public void Shifting_never_turns_the_order_of_dates_round()
    {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var (a, b, days) = (Date(random), Date(random), -random.Next(1, 366));
            var (first, second) = (Read(a), Read(b));
            if (first.Last >= second.First) continue;
            var (movedFirst, movedSecond) = (Read(first.Shifted(days)!), Read(second.Shifted(days)!));
            Assert.False(movedSecond.Last < movedFirst.First, $"{a} before {b}, by {days}");
            Assert.Equal(first.Parts == 3, movedFirst.First == first.First.AddDays(days) && movedFirst.Parts == 3);
        }
    }

    [Fact]
    public void The_same_bundle_and_question_give_the_same_bytes() =>
        Assert.Equal(Examination.Minimised(Examination.Bundle(), Examination.History).Bundle, Examination.Minimised(Examination.Bundle(), Examination.History).Bundle);

    private static ClinicalTime Read(string text) => ClinicalTime.TryRead(text, out var time) ? time : throw new InvalidOperationException(text);

    private static string Date(Random random)
    {
        var day = new DateTime(2020, 1, 1).AddDays(random.Next(900));
        return day.ToString(random.Next(3) switch { 0 => "yyyy-MM", 1 => "yyyy-MM-dd", _ => "yyyy-MM-dd'T'HH:mm:ss'Z'" }, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Fill(JsonObject value, string type, Random random, int depth)
    {
        foreach (var member in R4Structure.Embedded.Of(type).Where(_ => random.Next(4) > 0))
        {
            if (member.Name is "id" or "implicitRules" or "modifierExtension" or "contained" or "focus" || member.Type is "Resource" || value.ContainsKey(member.Name)
                || (member.Element != member.Name && value.Any(other => R4Structure.Embedded.Find(type, other.Key)?.Element == member.Element)) || Make(member, random, depth) is not { } made)
            {
                continue;
            }
            value[member.Name] = member.Many ? new JsonArray(made) : made;
        }
    }

    private static JsonNode? Make(R4Member member, Random random, int depth) => member.Type switch
    {
        "boolean" => true,
        "integer" or "positiveInt" or "unsignedInt" => 7,
        "decimal" => PlantedNumber,
        "date" => "2014-05-17",
        "dateTime" => "2026-02-11",
        "instant" => "2026-02-11T08:00:00Z",
        "time" => "08:00:00",
        "code" => member.Values?[0] ?? Planted,
        "base64Binary" => "WmFuemliYXJpbmE=",
        "uri" or "url" or "canonical" => $"urn:{Planted}",
        "oid" or "uuid" or "id" => null,
        "Reference" => new JsonObject { ["reference"] = $"Practitioner/{Planted}", ["display"] = Planted },
        _ when member.IsPrimitive => Planted,
        _ when depth > 3 => null,
        _ => Whole(member.Type, random, depth),
    };

    private static JsonObject? Whole(string type, Random random, int depth)
    {
        var made = new JsonObject();
        Fill(made, type, random, depth + 1);
        // What R4 needs is there, or the whole is not.
        foreach (var required in R4Structure.Embedded.Required(type).Where(required => !made.Any(member => R4Structure.Embedded.Find(type, member.Key)!.Element == required)))
        {
            var member = R4Structure.Embedded.Of(type).First(each => each.Element == required);
            if (Make(member, random, depth + 1) is not { } value) return null;
            made[member.Name] = member.Many ? new JsonArray(value) : value;
        }
        return made.Count == 0 ? null : made;
    }
}
