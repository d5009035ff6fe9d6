using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Specs.Assessment;

/// <summary>What holds of every request, tried over thousands made from a fixed seed.</summary>
public class AssessmentProperties
{
    /// <summary>Every fact an official may honestly not know, forgotten.</summary>
    private static readonly Func<RequestFacts, RequestFacts>[] Forgettings =
    [
        f => f.Offence(o => o with { MaxPenaltyMonths = null }),
        f => f.Offence(o => o with { ViaInformationSystem = null }),
        f => f.Offence(o => o with { Directive = "unknown" }),
        f => f.Offence(o => o with { AnnexCategory = "unknown" }),
        f => f.Offence(o => o with { Nature = "unknown" }),
        f => f.Offence(o => o with { CommittedIn = "unknown" }),
        f => f.Offence(o => o with { PriorProceedings = "unknown" }),
        f => f with { FundamentalRights = "unknown" },
        f => f with { OnwardTransfer = "unknown" },
        f => f.Item(i => i with { Holder = "unknown" }),
        f => f.Item(i => i with { Label = "XA:nobody-knows" }),
        f => f.Item(i => i with { Infrastructure = "unknown" }),
        f => f.Item(i => i with { Options = [] }),
        f => f with { Sentence = null },
        f => f with { Urgency = f.Urgency with { Threat = "unknown" } },
        f => f with { Persons = [.. f.Persons.Select(p => p with { Residence = "unknown" })] },
        f => f with { Persons = [.. f.Persons.Select(p => p with { Profession = "unknown" })] },
        f => f.Item(i => i with { From = null }),
        f => f with { Necessity = f.Necessity with { CouldBeOrderedInSimilarDomesticCase = null } },
        f => f with { IntendsMutualAssistance = null },
        f => f with { Retention = f.Retention with { ReviewEveryDays = null } },
    ];

    [Fact]
    public void What_is_not_known_never_turns_a_flag_or_a_block_into_a_pass()
    {
        foreach (var facts in Any(400))
        {
            var known = Assessed.Of(facts);
            foreach (var forget in Forgettings)
            {
                var forgotten = Assessed.Of(forget(facts));
                for (var i = 0; i < known.Findings.Count; i++)
                {
                    if (known.Findings[i].Outcome != Outcome.Pass)
                        Assert.True(forgotten.Findings[i].Outcome != Outcome.Pass, $"{known.Findings[i].Rule}: {known.Findings[i].Sentence} -> {forgotten.Findings[i].Sentence}");
                }

                Assert.True(known.NotifyEnforcingAuthority != true || forgotten.NotifyEnforcingAuthority == true, "a doubt must not silence the notification");
            }
        }
    }

    [Fact]
    public void A_validation_never_makes_it_worse()
    {
        foreach (var facts in Any(300))
        {
            foreach (var kind in Enum.GetValues<AuthorityKind>())
                Assert.True(Assessed.Of(facts, Assessed.Context with { Validator = kind }).Outcome <= Assessed.Of(facts).Outcome);
        }
    }

    [Fact]
    public void Another_item_never_makes_it_better()
    {
        foreach (var facts in Any(300))
        {
            if (facts.Items.Count < 2)
                continue;
            var fewer = facts with { Items = [.. facts.Items.SkipLast(1)] };
            Assert.True(Assessed.Of(fewer).Outcome <= Assessed.Of(facts).Outcome);
        }
    }

    [Fact]
    public void A_narrower_request_never_turns_a_pass_into_a_block()
    {
        foreach (var facts in Any(600))
        {
            var wide = Assessed.Of(facts, Assessed.InForce);
            foreach (var narrower in Narrower(facts))
            {
                var narrow = Assessed.Of(narrower, Assessed.InForce);
                for (var i = 0; i < wide.Findings.Count; i++)
                {
                    Assert.False(
                        wide.Findings[i].Outcome == Outcome.Pass && narrow.Findings[i].Outcome == Outcome.Block,
                        $"{wide.RulePack} {wide.Findings[i].Rule}: {wide.Findings[i].Sentence} -> {narrow.Findings[i].Sentence}");
                }
            }
        }
    }

    [Fact]
    public void The_order_of_items_and_persons_does_not_matter()
    {
        foreach (var facts in Any(400))
        {
            var turned = facts with { Items = [.. facts.Items.Reverse()], Persons = [.. facts.Persons.Reverse()] };
            var (one, other) = (Assessed.Of(facts, Assessed.InForce), Assessed.Of(turned, Assessed.InForce));
            Assert.Equal(Unordered(one), Unordered(other));
            Assert.Equal((one.Outcome, one.Branch, one.NotifyEnforcingAuthority, one.DualCriminality), (other.Outcome, other.Branch, other.NotifyEnforcingAuthority, other.DualCriminality));
        }
    }

    [Fact]
    public void Something_unknown_beside_it_never_removes_a_block()
    {
        foreach (var facts in Any(400))
        {
            var blocked = Assessed.Of(facts, Assessed.InForce).Findings.Where(f => f.Outcome == Outcome.Block).Select(f => f.Rule).ToList();
            var unknown = facts with
            {
                Persons = [.. facts.Persons, new("u1", "LED6d", "other", "unknown", false, "unknown")],
                Items = [.. facts.Items, facts.Items[0] with { Ref = "u1", From = null, To = null, Person = "u1", Options = [], Holder = "unknown", Label = "XA:nobody-knows" }],
            };
            Assert.Superset(blocked.ToHashSet(), Assessed.Of(unknown, Assessed.InForce).Findings.Where(f => f.Outcome == Outcome.Block).Select(f => f.Rule).ToHashSet());
        }
    }

    /// <summary>The same request with an item, an option, a person without items or some days less.</summary>
    private static IEnumerable<RequestFacts> Narrower(RequestFacts facts)
    {
        foreach (var item in facts.Items)
        {
            if (facts.Items.Count > 1)
                yield return facts with { Items = [.. facts.Items.Where(i => i != item)], Conditions = [] };
            if (item is { From: { } from, To: { } to } && to > from)
                yield return facts with { Items = [.. facts.Items.Select(i => i == item ? i with { To = to.AddDays(-1) } : i)] };
        }

        foreach (var person in facts.Persons.Where(p => facts.Items.All(i => i.Person != p.Ref)))
            yield return facts with { Persons = [.. facts.Persons.Where(p => p != person)] };
    }

    private static IEnumerable<string> Unordered(AssessmentResult result) =>
        result.Findings.Select(f => $"{f.Rule} {f.Outcome} {f.Source} {string.Join(',', f.Items.Order(StringComparer.Ordinal))}");

    [Fact]
    public void The_same_request_comes_to_the_same_on_both_sides_and_in_every_language()
    {
        foreach (var facts in Any(200))
        {
            var ours = Assessed.Of(facts);
            Assert.Equal(Codes(ours), Codes(Assessed.Of(facts)));
            Assert.Equal(Codes(ours), Codes(Assessed.Of(facts, Assessed.Context with { Side = Side.Requested, Language = "fr" })));
        }
    }

    [Fact]
    public void There_is_a_finding_for_every_rule_in_the_order_of_the_pack()
    {
        foreach (var facts in Any(100))
        {
            var result = Assessed.Of(facts);
            Assert.Equal(RulePacks.Packs.All.For(facts.Instrument)!.Rules.Select(r => r.Slug), result.Findings.Select(f => f.Rule));
            Assert.Equal(result.Findings.Max(f => f.Outcome), result.Outcome);
        }
    }

    [Fact]
    public void What_a_pack_has_said_of_other_requests_changes_nothing()
    {
        foreach (var facts in Any(150))
        {
            var pack = RulePacks.Packs.All.For(facts.Instrument)!;
            foreach (var language in new[] { "en", "fr" })
            {
                var context = Assessed.InForce with { Language = language };
                var (used, fresh) = (Assessed.Of(facts, context, pack), Assessed.Of(facts, context, pack with { }));
                Assert.Equal(System.Text.Json.JsonSerializer.Serialize(fresh), System.Text.Json.JsonSerializer.Serialize(used));
            }
        }
    }

    [Fact]
    public void Whatever_is_less_than_sure_says_so_in_its_sentence()
    {
        foreach (var facts in Any(100))
        {
            foreach (var finding in Assessed.Of(facts).Findings.Where(f => f.Certainty == "M" && !f.Sentence.StartsWith("Does not apply", StringComparison.Ordinal)))
                Assert.Contains("to be confirmed by counsel", finding.Sentence, StringComparison.Ordinal);
            foreach (var finding in Assessed.Of(facts, Assessed.Context with { Language = "fr" }).Findings)
                Assert.True(finding.Certainty != "M" || finding.Sentence.StartsWith("Sans objet", StringComparison.Ordinal) || finding.Sentence.Contains("conseil juridique", StringComparison.Ordinal), finding.Sentence);
        }
    }

    private static IEnumerable<string> Codes(AssessmentResult result) =>
        result.Findings.Select(f => $"{f.Rule} {f.Outcome} {f.Source} {string.Join(',', f.Items)}").Append($"{result.Outcome} {result.InputsDigest} {result.Branch}");

    private static IEnumerable<RequestFacts> Any(int count)
    {
        var random = new Random(20261122);
        T One<T>(params T[] of) => of[random.Next(of.Length)];
        for (var n = 0; n < count; n++)
        {
            var basis = Assessed.Under(One("EEV", "EEV", "EEV", "BC29", "BC31", "EIO", "EIO", "2AP7", "2AP8", "2AP9", "2AP10", "UNTOC", "BILATERAL:XA-XC"));
            var persons = Enumerable.Range(1, random.Next(1, 4)).Select(i => new PersonFacts(
                $"p{i}", One("LED6a", "LED6b", "LED6c", "LED6d"), "other", One("XA", "XB", "unknown"), One(true, false, false),
                One(null, "journalist", "lawyer", "diplomat", "other", "unknown"))).ToArray();
            var from = new DateOnly(2020, 1, 1).AddDays(random.Next(2000));
            var items = Enumerable.Range(1, random.Next(1, 4)).Select(i => new ItemFacts(
                $"i{i}", One("subscriber", "identification", "traffic", "content", "content", "health", "financial", "hearing", "interception"), One("produce", "produce", "preserve"), "USER_ID",
                One<DateOnly?>(from, null), One<DateOnly?>(from.AddDays(random.Next(700)), null), One(null, persons[0].Ref, persons[^1].Ref), [],
                One(true, false, false), One(null, null, "controller", "processor", "processor-controller-detrimental", "unknown"),
                One(null, null, "BC:traffic-data", "EU:content-data", "XA:stored-data", "XA:nobody-knows"),
                One(null, null, null, "public-authority-elsewhere", "professional-elsewhere", "professional-detrimental", "unknown"))).ToArray();
            yield return basis with
            {
                Issuer = basis.Issuer with { Kind = One("judge-court-or-investigating-judge", "public-prosecutor", "other-competent-authority") },
                LegalBasis = [new(One(basis.Instrument, basis.Instrument, "UNTOC"), "1")],
                Offence = new(One<int?>(null, 12, 35, 36, 60), One(null, "fraud", "unknown"), One<bool?>(null, true, false),
                    One(null, "2011/93 Art 5", "2017/541 Art 4", "2024/1 Art 1", "unknown"), One(null, "political-offence", "unknown"), One(null, "XA", "XB", "unknown"), One(null, null, "final-judgment", "pending", "unknown")),
                FundamentalRights = One(null, null, "risk", "manifest-breach", "unknown"),
                OnwardTransfer = One(null, null, "with-prior-consent", "without-prior-consent", "unknown"),
                Language = One("en", "fr-BE", "de"),
                Proceedings = One("criminal-proceedings", "criminal-proceedings", "execution-of-sentence"),
                Sentence = One(null, new SentenceFacts(One<int?>(null, 3, 4), One<bool?>(null, true, false), One<bool?>(null, true, false))),
                Urgency = new(One("none", "urgent", "emergency"), One(null, "unknown", "imminent-threat-to-life"), One(true, false)),
                Persons = persons,
                Items = items,
                Necessity = new("establish-the-facts", One(true, false), One<bool?>(null, true, true, false)),
                Retention = basis.Retention with { ReviewEveryDays = One<int?>(null, 90) },
                Conditions = [new(One("Confidential", "NoOnward", "SpecialCategory"), ["i1"])],
                Notice = new(One(true, false), One<int?>(null, 30)),
                CustodianStated = One(true, false),
                FactsStated = One(true, false),
                IntendsMutualAssistance = One<bool?>(null, true, false),
            };
        }
    }
}
