using System.CommandLine;

namespace MlatExchange.Cli.Evidence;

/// <summary>What <c>mlat seal --fhir</c> is told beside.</summary>
internal sealed class HealthOptions
{
    internal Option<string?> Bundle { get; } = new("--fhir") { Description = "A FHIR R4 bundle about one person, instead of FILE: it is brought down to the options asked for, and sealed.", HelpName = "BUNDLE" };

    internal Option<string[]> Options { get; } = new("--option") { Description = "An option of the request's item, such as FORENSIC_EXAMINATION; once for each.", HelpName = "CODE" };

    internal Option<string?> Person { get; } = new("--person") { Description = "What stands for the person: the reference in the request, such as v1, or the case's pseudonym. Never a name.", HelpName = "CODE" };

    internal Option<DateOnly?> From { get; } = new("--from") { Description = "First day that the request asks for.", HelpName = "DAY" };

    internal Option<DateOnly?> To { get; } = new("--to") { Description = "Last day that the request asks for.", HelpName = "DAY" };

    internal Option<string[]> LegalBasis { get; } = new("--legal-basis") { Description = "Instrument and article, such as 'BILATERAL:XA-XC 7'; once for each.", HelpName = "CODE" };

    internal Option<string?> SubjectFile { get; } = new("--subject-file")
    {
        Description = "Secret file with the number of days by which dates of this person are shifted; made when it is missing. Left out: a number that is kept nowhere.", HelpName = "FILE",
    };

    internal Option<string?> Minimised { get; } = new("--minimised") { Description = "Where to put a copy of what is sealed, to read it before it is offered.", HelpName = "FILE" };
}
