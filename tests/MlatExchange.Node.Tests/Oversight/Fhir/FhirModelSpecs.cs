using System.Reflection;
using Hl7.Fhir.Model;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>
/// The subset of the model that stands in for the package Hl7.Fhir.R4: the members listed in <c>model-members.txt</c>, in both builds, so that neither can drift from the other.
/// </summary>
public sealed class FhirModelSpecs
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly string List = Path.Combine(FhirExamples.Checkout(), "tests/MlatExchange.Node.Tests/Oversight/Fhir/model-members.txt");

    private static readonly string[] Listed = File.ReadAllLines(List);

    [Fact]
    public void Every_listed_member_is_there_with_its_type() => Assert.All(Listed, line => Assert.True(Has(line), line));

    /// <summary>So the check above can fail.</summary>
    [Theory]
    [InlineData("AuditEvent.Missing: Coding")]
    [InlineData("AuditEvent.Type: CodeableConcept")]
    [InlineData("AuditEvent.Outcome: AuditEventOutcome? {N0, N5}")]
    [InlineData("new Coding(Int32)")]
    public void A_member_that_is_not_there_is_found_missing(string line) => Assert.False(Has(line));

#if !USE_FIRELY
    [Fact]
    public void The_subset_has_no_other_members()
    {
        if (Environment.GetEnvironmentVariable("MLAT_WRITE_CONTRACTS") == "1") File.WriteAllLines(List, Members().Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllLines(List), Members().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_member_of_the_subset_is_used_by_some_example()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in Told.All().SelectMany(telling => telling.Resources)) Visit(resource, used);
        Assert.Empty(Model().SelectMany(Properties).Select(property => $"{property.DeclaringType!.Name}.{property.Name}").Except(used));
    }

    private static IEnumerable<Type> Model() => typeof(AuditEvent).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(AuditEvent).Namespace);

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(Own);

    private static IEnumerable<string> Members() => Model().Where(type => !type.IsEnum).SelectMany(type => Properties(type).Select(property => Line(type, property))
        .Concat(type.IsAbstract ? [] : type.GetConstructors().Select(made => $"new {Name(type)}({string.Join(", ", made.GetParameters().Select(parameter => Name(parameter.ParameterType)))})")));

    private static void Visit(object? value, HashSet<string> used)
    {
        if (value is System.Collections.IEnumerable and not string)
        {
            foreach (var item in (System.Collections.IEnumerable)value) Visit(item, used);
            return;
        }
        if (value is null or Enum || value.GetType().Namespace != typeof(AuditEvent).Namespace) return;
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetValue(value) is not null))
        {
            used.Add($"{property.DeclaringType!.Name}.{property.Name}");
            Visit(property.GetValue(value), used);
        }
    }
#endif

    private static bool Has(string line)
    {
        if (line.StartsWith("new ", StringComparison.Ordinal))
        {
            var (made, parameters) = (line[4..line.IndexOf('(', StringComparison.Ordinal)], line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..^1]);
            return Found(made)?.GetConstructors().Any(candidate => string.Join(", ", candidate.GetParameters().Select(parameter => Name(parameter.ParameterType))) == parameters) == true;
        }
        var member = line[..line.IndexOf(':', StringComparison.Ordinal)];
        var type = Found(member[..member.LastIndexOf('.')]);
        return type?.GetProperty(member[(member.LastIndexOf('.') + 1)..]) is { } property && Matches(line, Line(type, property));
    }

    // An enumeration of the package may have more codes than are used here.
    private static bool Matches(string listed, string found)
    {
        if (!listed.Contains('{', StringComparison.Ordinal)) return listed == found;
        return listed.Split(" {")[0] == found.Split(" {")[0] && Literals(listed).All(Literals(found).Contains);
    }

    private static string[] Literals(string line) => line[(line.IndexOf('{', StringComparison.Ordinal) + 1)..^1].Split(", ");

    private static Type? Found(string name) => typeof(AuditEvent).Assembly.GetType($"Hl7.Fhir.Model.{name.Replace('.', '+')}") ?? typeof(Coding).Assembly.GetType($"Hl7.Fhir.Model.{name}");

    private static string Line(Type type, PropertyInfo property)
    {
        var value = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return $"{Name(type)}.{property.Name}: {Name(property.PropertyType)}" + (value.IsEnum ? $" {{{string.Join(", ", Enum.GetNames(value))}}}" : "");
    }

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } value ? Name(value) + "?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.IsNested && !type.IsEnum ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
}
