using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <summary>The issuing authority's act that takes a request back, made at an official's word or when the law leaves no other way.</summary>
/// <param name="Disclosures">The reason in words, disclosed to the executing authority.</param>
public sealed record WithdrawalAct(Act Act, IReadOnlyList<string> Disclosures)
{
    /// <summary>Signed with the issuing authority's key; null where this node does not hold it.</summary>
    public static WithdrawalAct? Make(CaseWork work, SignedRequest signed, WithdrawalGround ground, string reason)
    {
        var facts = signed.Draft.Facts;
        var issuer = work.Trust().Authority(facts.Issuer.Jurisdiction, facts.Issuer.Authority)!;
        var (texts, disclosures) = Protocol.Messages.Disclosures.Make(work.Random, "reason", reason);
        var payload = ActPayload.Write(
            new ActCore(issuer.Entity, [work.Trust().Authority(facts.Addressee.Jurisdiction, facts.Addressee.Authority)!.Entity], WireId.New(work.Random), work.Now,
                new IssuerRef(issuer.Jurisdiction, issuer.Code, issuer.Kind)),
            new ActBody.Withdrawal(new ActRef(signed.Act.Act, Digest.Parse(signed.ActDigest)), EnumCode.Of(ground), Texts: texts));
        return work.SignAct(ActKind.Withdrawal, payload, issuer.Code) is { } act ? new(act, disclosures) : null;
    }

    /// <summary>Keeps the reason in the vault and signs the message that carries the act.</summary>
    public async Task Send(CaseWork work, Group group, Guid id, Loaded<AssistanceRequest> request, Draft draft, string reason, CancellationToken cancellation)
    {
        group.Seal(RequestDesk.ReasonOf(id, request.Version + 1), Encoding.UTF8.GetBytes(reason));
        await work.Send(group, draft.Thread, cancellation, RequestDesk.Message(id, request, draft.Facts, new MessageBody.Carrier(MessageKind.Withdrawal)) with { Acts = [Act], Disclosures = Disclosures });
    }
}
