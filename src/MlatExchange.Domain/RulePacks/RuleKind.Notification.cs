using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>
    /// Whether the enforcing authority must be notified (EEV 8). Not where the offence was committed in the issuing State and the persons whose
    /// data are asked for reside there; both must be known. In every doubt it is notified, and the doubt flags.
    /// </summary>
    public sealed record Notification : RuleKind
    {
        internal override bool NeedsScope => true;

        internal override IReadOnlyList<Variant> Variants => [new("notify"), new("exempt", "jurisdiction"), new("unknown", "items")];

        internal override Verdict Idle => new(Truth.True, "notify") { Notify = false };

        internal override Verdict Apply(Question question)
        {
            var issuing = question.Facts.Issuer.Jurisdiction;
            var place = question.Facts.Offence.CommittedIn;
            var residing = Truth.True;
            var read = new List<string>(1 + question.Persons.Length) { $"offence.committedIn={place ?? "none"}" };
            List<string>? open = null;
            foreach (var item in question.Items)
            {
                if (!question.Covers(item))
                    continue;
                var residence = question.PersonOf(item)?.Residence;
                if (residence == Codes.Unknown)
                    (open ??= []).Add(item.Ref);
                residing = Least(residing, residence == Codes.Unknown ? Truth.Unknown : residence == issuing ? Truth.True : Truth.False);
            }

            foreach (var person in question.Persons)
                read.Add($"persons/{person.Ref}/residence={person.Residence}");

            // Not saying where the offence was committed claims no exception; a residence said to be unknown is a doubt all the same.
            var committed = place switch { null => Truth.False, Codes.Unknown => Truth.Unknown, _ => place == issuing ? Truth.True : Truth.False };
            var doubt = residing == Truth.Unknown && (place is null || committed != Truth.False);
            if (doubt || (committed == Truth.Unknown && residing == Truth.True))
            {
                IReadOnlyList<string> items = open is null ? question.Covered() : open;
                return new(Truth.Unknown, "unknown") { Facts = read, Items = items, Notify = true, Values = [("items", string.Join(", ", items))] };
            }

            return Least(committed, residing) == Truth.True
                ? new(Truth.True, "exempt") { Facts = read, Notify = false, Values = [("jurisdiction", issuing)] }
                : new(Truth.True, "notify") { Facts = read, Notify = true };
        }
    }
}
