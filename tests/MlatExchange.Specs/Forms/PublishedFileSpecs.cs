using System.Security.Cryptography;
using MlatExchange.Domain.Forms;
using MlatExchange.Specs.RulePacks;

namespace MlatExchange.Specs.Forms;

/// <summary>A published rule pack or form never changes by one byte, and a newer form asks for no more than the one before.</summary>
public class PublishedFileSpecs
{
    public static TheoryData<string> Folders => [Packs.Folder, FormSamples.Folder];

    /// <summary>New files are listed by MLAT_WRITE_CONTRACTS=1; a line that stands is never rewritten.</summary>
    [Theory, MemberData(nameof(Folders))]
    public void What_is_published_keeps_its_bytes_and_whatever_lies_there_is_listed(string folder)
    {
        var list = Path.Combine(folder, "published.txt");
        var listed = File.Exists(list) ? File.ReadAllLines(list).ToDictionary(line => line.Split("  ")[1], StringComparer.Ordinal) : [];
        var there = Directory.GetFiles(folder, "*@*.json").Order(StringComparer.Ordinal).ToDictionary(file => Path.GetFileName(file), file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}  {Path.GetFileName(file)}");
        Assert.All(listed, one => Assert.Equal(one.Value, there.GetValueOrDefault(one.Key)));
        if (Environment.GetEnvironmentVariable("MLAT_WRITE_CONTRACTS") == "1") File.WriteAllLines(list, there.Values);
        else Assert.Equal(there.Keys, listed.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_newer_version_of_a_form_keeps_every_field_and_asks_for_nothing_more()
    {
        var pairs = 0;
        foreach (var versions in FormSamples.Set.All.GroupBy(form => form.Id))
        {
            var ordered = versions.OrderBy(form => form.Version).ToList();
            foreach (var (before, after) in ordered.Zip(ordered.Skip(1)))
            {
                pairs++;
                Assert.Equal(before.Instruments, after.Instruments);
                Assert.Equal((before.Measure, before.Kind), (after.Measure, after.Kind));
                var known = Fields(before).ToDictionary(field => field.Key, field => field.Field, StringComparer.Ordinal);
                foreach (var (key, field) in Fields(after))
                {
                    if (known.Remove(key, out var was))
                        Assert.True((field.Value, field.When?.Value) == (was.Value, was.When?.Value) && (!field.Mandatory || was.Mandatory) && (was.WaivedBy is null || field.WaivedBy == was.WaivedBy), $"{after.Name}: {key}");
                    else
                        Assert.False(field.Mandatory, $"{after.Name}: {key} is new and mandatory");
                }

                Assert.Empty(known.Keys);
            }
        }

        Assert.True(pairs >= 3, "no form has two versions");
    }

    private static IEnumerable<(string Key, FormField Field)> Fields(FormTemplate form) =>
        form.Sections.SelectMany(section => section.Fields.Select(field => ($"{section.Id}/{field.Id} {section.Each} {section.When?.Value} {section.Where?.Value}", field)));
}
