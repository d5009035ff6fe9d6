using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

public sealed partial record RequestContent
{
    /// <summary>Takes a draft apart, member by member: facts to one side, whatever identifies or is free text to the other.</summary>
    private sealed class Parts
    {
        private const int LongestText = 4000;
        private readonly List<ItemSelector> selectors = [];
        private readonly List<PersonIdentity> identities = [];
        private readonly Dictionary<int, string> conditionValues = [];
        private string reference = "", statute = "";
        private string? lessIntrusive, grounds, description;

        public Parts(StrictObject root)
        {
            var custodian = root.OptionalText("custodian", 200, blank: false);
            var story = Story(root);
            var instrument = root.Formed("instrument", Form.Instrument);
            var items = Items(root, instrument);
            Facts = new RequestFacts(
                instrument,
                FactsSections.Addressee(root),
                Issuer(root),
                FactsSections.LegalBasis(root),
                Offence(root),
                root.Code("proceedings", Codes.Proceedings),
                Urgency(root),
                Persons(root),
                items,
                Necessity(root),
                FactsSections.Retention(root),
                Conditions(root, items),
                FactsSections.Notice(root),
                root.Formed("language", Form.Language),
                custodian is not null,
                root.OptionalFlag("intendsMutualAssistance"),
                story is not null,
                root.OptionalFormed("validatingAuthority", Form.Authority),
                FactsSections.Sentence(root),
                root.OptionalCode("fundamentalRights", Codes.FundamentalRights),
                root.OptionalCode("onwardTransfer", Codes.OnwardTransfers));
            Content = new(
                Facts, reference, statute, selectors, identities, new(lessIntrusive, grounds, story, custodian, description, conditionValues));
        }

        public RequestFacts Facts { get; }

        public RequestContent Content { get; }

        private IssuerFacts Issuer(StrictObject root)
        {
            var o = root.Object("issuer");
            reference = o.Formed("reference", Form.Printed(100));
            var read = FactsSections.Issuer(o);
            o.Close();
            return read;
        }

        private OffenceFacts Offence(StrictObject root)
        {
            var o = root.Object("offence");
            statute = o.Formed("statute", Form.Printed(200));
            description = o.OptionalText("description", LongestText, blank: false);
            var read = FactsSections.Offence(o);
            o.Close();
            return read;
        }

        private UrgencyFacts Urgency(StrictObject root)
        {
            var o = root.Object("urgency");
            grounds = o.OptionalText("grounds", LongestText);
            var read = FactsSections.Urgency(o, !string.IsNullOrWhiteSpace(grounds));
            o.Close();
            return read;
        }

        private List<PersonFacts> Persons(StrictObject root)
        {
            var read = new List<PersonFacts>();
            foreach (var o in root.Objects("persons", 0, FactsSections.MostPersons))
            {
                var person = FactsSections.Person(o);
                if (o.Raw("identity") is not null && (person.Category == Codes.Victim || person.Role == "victim"))
                    o.Fault("identity", "victim-identity", "A victim is never named: only a reference may travel.");
                else if (o.OptionalObject("identity") is { } identity)
                    identities.Add(new(person.Ref, Identity(identity)));
                o.Close();
                read.Add(person);
            }

            return read;
        }

        private static Dictionary<string, string> Identity(StrictObject o)
        {
            var details = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in IdentityMembers.Order(StringComparer.Ordinal))
            {
                var text = member == "birthDate" ? o.OptionalFormed(member, Form.BirthDate) : o.OptionalText(member, 300, blank: false);
                if (text is not null)
                    details[member] = text;
            }

            if (details.Count == 0 && o.Present)
                o.Fault("", "empty", "An identity has at least one member.");
            o.Close();
            return details;
        }

        private List<ItemFacts> Items(StrictObject root, string instrument)
        {
            // BC 29 is preservation only, so an item under it that does not say asks for preservation; elsewhere for production.
            var measure = instrument == "BC29" ? Codes.Preserve : Codes.Produce;
            var read = new List<ItemFacts>();
            foreach (var o in root.Objects("items", 1, FactsSections.MostItems))
            {
                var item = FactsSections.Item(o, measure);
                selectors.Add(new(item.Ref, o.Text("identifier", 400), o.OptionalText("service", 200, blank: false)));
                o.Close();
                read.Add(item);
            }

            return read;
        }

        private NecessityFacts Necessity(StrictObject root)
        {
            var o = root.Object("necessity");
            lessIntrusive = o.OptionalText("lessIntrusiveConsidered", LongestText);
            var read = new NecessityFacts(
                o.Code("purpose", Codes.Purposes), !string.IsNullOrWhiteSpace(lessIntrusive), o.OptionalFlag("couldBeOrderedInSimilarDomesticCase"));
            o.Close();
            return read;
        }

        private List<Condition> Conditions(StrictObject root, List<ItemFacts> items)
        {
            var read = new List<Condition>();
            foreach (var o in root.Objects("conditions", 0, FactsSections.MostConditions))
            {
                var type = o.Code("type", Codes.ConditionTypes);
                var value = Value(o, type);
                if (value is not null)
                    conditionValues[read.Count] = value;
                read.Add(new(type, FactsSections.ConditionItems(o, items), value is not null));
                o.Close();
            }

            return read;
        }

        /// <summary>A value that a node acts on by itself must be of a form it can read: a term, or a day, which then may not be left out.</summary>
        private static string? Value(StrictObject o, string type) => type switch
        {
            "DeleteBy" or "ReviewBy" => o.Formed("value", Form.Day),
            "ReportUse" or "NotifySubjectAfter" => o.OptionalFormed("value", Form.Duration),
            _ => o.OptionalText("value", 200, blank: false),
        };

        private static FactsText? Story(StrictObject root)
        {
            if (root.OptionalObject("facts") is not { } o)
                return null;
            var read = new FactsText(o.Text("text", 20_000), o.Formed("language", Form.Language));
            o.Close();
            return read;
        }
    }
}
