using System.Text.RegularExpressions;
using System.Xml.Linq;
using MlatExchange.Domain.Forms;

namespace MlatExchange.Specs.Forms;

/// <summary>The page of a form: what a reader, a screen reader and a content security policy may count on.</summary>
public class FormHtmlSpecs
{
    public static TheoryData<string, string> Pages()
    {
        var data = new TheoryData<string, string>();
        foreach (var form in FormSamples.Set.All.Select(f => f.Id))
            foreach (var language in new[] { "en", "fr" }) data.Add(form, language);
        return data;
    }

    [Theory, MemberData(nameof(Pages))]
    public void Headings_descend_one_by_one_and_every_reference_has_its_target(string form, string language)
    {
        var page = Page(FormHtml.Write(FormSamples.Fill(form, FormSamples.Dossier(), language)));
        Assert.Equal(language, (string?)page.Attribute("lang"));
        var headings = page.Descendants().Where(e => Regex.IsMatch(e.Name.LocalName, "^h[1-6]$")).Select(e => e.Name.LocalName[1] - '0').ToList();
        Assert.Equal(1, headings[0]);
        Assert.Single(headings, 1);
        Assert.All(headings.Zip(headings.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.First} then h{pair.Second}"));
        var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(page.Descendants().Attributes("aria-labelledby").Select(a => a.Value), id => Assert.Contains(id, ids));
        Assert.All(page.Descendants("a").Attributes("href").Select(a => a.Value), href => Assert.Contains(href[1..], ids));
        Assert.Single(page.Descendants("main"));
        Assert.NotEmpty(page.Descendants("title").Single().Value);
        Assert.All(page.Descendants("dl").Elements(), e => Assert.True(e.Name == "div" && e.Elements().Select(c => c.Name.LocalName).SequenceEqual(["dt", "dd"]), e.ToString()));
    }

    [Fact]
    public void Nothing_runs_and_nothing_is_styled_in_place()
    {
        var html = FormHtml.Write(FormSamples.Fill("epoc", FormSamples.Dossier()));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"\s(style|on\w+)=", html);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{FormHtml.StylesheetPath}\"", html, StringComparison.Ordinal);
        Assert.Contains("@page", FormHtml.Write(FormSamples.Fill("epoc", FormSamples.Dossier()), FormSamples.Stylesheet), StringComparison.Ordinal);
        Assert.DoesNotContain("</", FormSamples.Stylesheet, StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_wrote_is_text_and_never_mark_up()
    {
        var html = FormHtml.Write(FormSamples.Fill("epoc", FormSamples.Dossier(changes:
        [
            ("/facts/text", "\"<img src=x onerror=alert(1)>\\\"' & é 中\""), ("/items/0/identifier", "\"</dd><script>1</script>\""), ("/facts/language", "\"fr\""),
        ])));
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        var story = Page(html).Descendants("p").Single(p => (string?)p.Attribute("lang") == "fr");
        Assert.Equal("<img src=x onerror=alert(1)>\"' & é 中", story.Value);
    }

    [Fact]
    public void A_draft_is_marked_and_a_signed_request_is_not()
    {
        Assert.Contains("not signed and has no effect", FormHtml.Write(FormSamples.Fill("epoc", FormSamples.Dossier(signed: false))), StringComparison.Ordinal);
        Assert.Contains("From the draft:", FormHtml.Write(FormSamples.Fill("epoc", FormSamples.Dossier(signed: false))), StringComparison.Ordinal);
        Assert.DoesNotContain("watermark", FormHtml.Write(FormSamples.Fill("epoc", FormSamples.Dossier())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_mandatory_field_is_listed_at_the_head_and_told_in_words_where_it_stands()
    {
        var page = Page(FormHtml.Write(FormSamples.Fill("epoc", FormSamples.Dossier(changes: ("/necessity/lessIntrusiveConsidered", null)))));
        var link = page.Descendants("section").Single(s => (string?)s.Attribute("class") == "blank").Descendants("a").Single();
        var field = page.Descendants("div").Single(d => (string?)d.Attribute("id") == ((string)link.Attribute("href")!)[1..]);
        Assert.Contains("cannot be signed", field.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_less_than_read_in_the_primary_text_says_so_in_its_section()
    {
        var form = FormSamples.Fill("epoc", FormSamples.Dossier());
        var page = Page(FormHtml.Write(form));
        foreach (var section in form.Sections)
        {
            var said = page.Descendants("section").Single(s => (string?)s.Attribute("aria-labelledby") == $"section-{section.Id}").Elements("p").First().Value;
            Assert.True(section.Certainty == "V" || said.Contains(section.Certainty == "M" ? "to be confirmed by counsel" : "secondary source", StringComparison.Ordinal), said);
        }

        Assert.Contains("our own and not the official text", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tick_is_spoken_and_not_only_drawn() =>
        Assert.Contains("Ticked: mailbox", Regex.Replace(Page(FormHtml.Write(FormSamples.Fill("epoc", FormSamples.Dossier()))).Descendants("li").Single(l => (string?)l.Attribute("class") == "ticked" && l.Value.Contains("mailbox", StringComparison.Ordinal)).Value, @"\s+", " "), StringComparison.Ordinal);

    /// <summary>The page is also well-formed XML but for the doctype and the void elements.</summary>
    private static XElement Page(string html) => XElement.Parse(Regex.Replace(html.Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal), "<(meta|link)([^>]*)>", "<$1$2/>"), LoadOptions.PreserveWhitespace);
}
