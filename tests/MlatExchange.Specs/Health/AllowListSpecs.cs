using MlatExchange.Cli.Health;

namespace MlatExchange.Specs.Health;

/// <summary>The list of what may stay, as data: it can be read by R4, and leaves no way for words.</summary>
public sealed class AllowListSpecs
{
    private static readonly R4Structure R4 = R4Structure.Embedded;
    private static readonly HealthProfile List = HealthProfile.Embedded;

    private static readonly IEnumerable<(string Option, string Type, AllowedResource Allowed)> Resources =
        List.Options.SelectMany(option => option.Value.Resources.Select(resource => (option.Key, resource.Key, resource.Value))).ToList();

    public static TheoryData<string, string> All => [.. Resources.Select(resource => (resource.Option, resource.Type))];

    [Fact]
    public void It_says_how_certain_it_is() => Assert.Equal(("M", true, true), (List.Certainty, List.Note.Contains("counsel", StringComparison.Ordinal), List.Sources.Count > 0));

    [Theory, MemberData(nameof(All))]
    public void Every_element_is_of_R4_and_holds_codes_numbers_times_or_references(string option, string type)
    {
        var allowed = List.Options[option].Resources[type];
        foreach (var element in allowed.Elements)
        {
            var member = Member(type, element);
            var closed = member.Type switch
            {
                "code" => member.Values is not null,
                "boolean" or "date" or "dateTime" or "instant" or "time" or "decimal" or "integer" => true,
                _ => List.Types.ContainsKey(member.Type),
            };
            Assert.True(closed, $"{type}.{element} is {member.Type}");
        }
        Assert.All(allowed.When ?? [], when => Assert.Contains(when, allowed.Elements));
        Assert.All((allowed.Only ?? new Dictionary<string, IReadOnlyList<string>>()).Keys, only => Assert.True(R4.Find(type, only)!.Many));
        if (type != "Patient") Assert.Contains(allowed.Person, allowed.Elements);
    }

    [Theory, MemberData(nameof(All))]
    public void What_R4_needs_and_what_changes_the_meaning_is_on_the_list(string option, string type)
    {
        var elements = List.Options[option].Resources[type].Elements;
        Assert.All(R4.Required(type), required => Assert.Contains(elements, element => R4.Find(type, element.Split('.')[0])!.Element == required));
        if (type == "Patient") return; // what modifies a Patient is about the record
        Assert.DoesNotContain(R4.Of(type), member => member.Modifier && member.Name is not ("implicitRules" or "modifierExtension") && !elements.Contains(member.Name));
    }

    [Fact]
    public void A_datatype_keeps_no_words()
    {
        foreach (var (type, elements) in List.Types)
            Assert.DoesNotContain(elements, element => R4.Find(type, element)!.Type is "string" or "markdown" && (type, element) != ("Reference", "reference"));
        Assert.All(List.Systems.Values, system => Assert.True(system.Codes is not null ^ system.Pattern is not null));
    }

    [Theory]
    [InlineData("http://snomed.info/sct", "125667009", true)]
    [InlineData("http://snomed.info/sct", "125667008", false)]
    [InlineData("http://snomed.info/sct", "Maribelle", false)]
    [InlineData("http://loinc.org", "718-7", true)]
    [InlineData("http://loinc.org", "718-6", false)]
    [InlineData("http://loinc.org", "718-7\n", false)]
    [InlineData("http://hl7.org/fhir/sid/icd-10", "S40.0", true)]
    [InlineData("http://unitsofmeasure.org", "{of Maribelle}", false)]
    [InlineData("urn:clinic:codes", "718-7", false)]
    public void A_code_stays_only_where_its_system_knows_it(string system, string code, bool stays) => Assert.Equal(stays, List.Keeps(system, code, out _));

    private static R4Member Member(string type, string path)
    {
        var names = path.Split('.');
        var member = R4.Find(type, names[0])!;
        foreach (var name in names.Skip(1)) member = R4.Find(member.Type, name)!;
        Assert.NotNull(member);
        return member;
    }
}
