using MlatExchange.Protocol.Verification;

namespace MlatExchange.Specs.Protocol.Verification;

/// <summary>Both phases, as a node runs them.</summary>
internal static class Run
{
    public static Verdict On(string jwe, Func<JudgingFacts, JudgingFacts>? with = null, World? world = null)
    {
        var trust = (world ?? World.Usual).Trust();
        Assert.Empty(trust.Faults);
        return OpenMessage.Run(jwe, World.Opening(trust)) switch
        {
            Opening.Opened opened => JudgeMessage.Run(opened.Message, with is null ? World.Judging(trust) : with(World.Judging(trust))),
            Opening.Refused refused => throw new InvalidOperationException($"refused at {refused.Failure.Step}: {refused.Failure.Rule} {refused.Failure.JsonPointer}"),
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }
}
