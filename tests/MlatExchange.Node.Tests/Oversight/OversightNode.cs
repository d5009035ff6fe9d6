using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Oversight;
using MlatExchange.Node.Oversight.Fhir;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Node.Tests.Exchange;
using MlatExchange.Node.Tests.Ledger;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Tests.Oversight;

/// <summary>One node with a sequencer, the projection and the routes of oversight, on a database of its own. Callers say who they are in test headers.</summary>
internal sealed class OversightNode : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlat-oversight-");
    private WebApplication app = null!;

    public LedgerNode Ledger { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public KeyStore Keys => Get<KeyStore>();

    /// <summary>The lists that say who may look.</summary>
    public TestTrust Trust { get; } = new("XA");

    /// <summary>Where it listens; in the process alone unless started over HTTP.</summary>
    public string BaseUrl { get; private init; } = "http://localhost";

    public static async Task<OversightNode> Start(bool overHttp = false)
    {
        var node = new OversightNode { Ledger = await LedgerNode.WithSequencer(), BaseUrl = overHttp ? $"http://127.0.0.1:{FreePort()}" : "http://localhost" };
        node.Trust.Change("XA", list => list with { Node = list.Node with { Keys = [.. list.Node.Keys.Select(key => key.Use == KeyUse.Log ? key with { Jwk = node.Ledger.LogKey.Public } : key)] }, Oversight = [new("https://xa-oversight.xa.example", "xa-oversight"), new("https://xa-other.xa.example", "xa-other")] });
        var builder = WebApplication.CreateSlimBuilder();
        if (overHttp) builder.WebHost.UseUrls(node.BaseUrl);
        else builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        var services = builder.Services;
        services.AddSingleton(node.Ledger.Database.App);
        services.AddSingleton(node.Ledger.Bell);
        services.AddSingleton(node.Ledger.Reader);
        services.AddSingleton<IEventStore>(node.Ledger.Store);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<RandomSource>(RandomNumberGenerator.Fill);
        services.AddSingleton(new KeyStore(Path.Combine(node.folder.FullName, "keys"), TimeSpan.FromDays(7), TimeProvider.System));
        services.AddSingleton<Vault>().AddSingleton<Recorder>().AddSingleton<Journal>().AddSingleton<Pseudonyms>();
        services.AddSingleton(new FhirNode("XA", TestTrust.Entity("XA"), TestTrust.Origin("XA"), node.BaseUrl));
        services.AddSingleton(new OversightBodies(() => node.Trust.Now, "XA", TimeProvider.System));
        services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, TestCallers>("test", null);
        services.AddAuthorization();
        OversightWiring.AddOversight(services);
        node.app = builder.Build();
        node.app.UseAuthentication();
        node.app.UseAuthorization();
        OversightWiring.MapOversight(node.app);
        await node.app.StartAsync();
        node.Client = overHttp ? new() { BaseAddress = new(node.BaseUrl) } : node.app.GetTestClient();
        return node;
    }

    /// <summary>Appends events of one transfer, each with the codes of its case in the leaf; returns the stream's new version.</summary>
    public async Task<long> Happen(string transfer, long version, string counterpart, string instrument, params TransferEvent[] events)
    {
        foreach (var happened in events)
        {
            var codes = new CaseCodes(
                counterpart, instrument, "public-prosecutor", [$"{instrument} 5", $"{instrument} 12"], ["content"], ["LED6a"], "establish-the-facts", ["UseOnlyFor"], Given.Terms(30), $"sha-256:{new string('A', 43)}");
            Dictionary<string, string> committed = new() { ["case"] = Given.Case.ToString(), ["transfer"] = transfer };
            var group = Get<Journal>().Begin($"case-{Given.Case}");
            _ = happened is SupplyEvent supply
                ? group.Add<SupplyEvent>(TransferEvent.StreamName(transfer), version, [supply], codes, committed)
                : group.Add<HoldingEvent>(TransferEvent.StreamName(transfer), version, [(HoldingEvent)happened], codes, committed);
            Assert.IsType<AppendOutcome.Appended>(await Ledger.Store.Append(group.ToAppend()));
            version++;
        }
        return version;
    }

    /// <summary>Waits until rows and checkpoint have all that was appended.</summary>
    public async Task Projected(long events)
    {
        await Ledger.Published(events);
        await LedgerNode.Until(
            async () => await Ledger.Database.Scalar<long>("select coalesce((select position from read.projection where name = 'transfer-records'), 0)") >= events, "projected");
    }

    public HttpRequestMessage Ask(string path, string? purpose = "lawfulness-verification", string? justification = "Quarterly%20review", string? consultation = null, string accept = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (purpose is not null) request.Headers.TryAddWithoutValidation("Purpose-Code", purpose);
        if (justification is not null) request.Headers.TryAddWithoutValidation("Justification", justification);
        if (consultation is not null) request.Headers.TryAddWithoutValidation("Consultation", consultation);
        return As(request);
    }

    public static HttpRequestMessage As(HttpRequestMessage request, string role = "oversight", string authority = "xa-oversight")
    {
        request.Headers.TryAddWithoutValidation("Test-Role", role);
        request.Headers.TryAddWithoutValidation("Test-Authority", authority);
        return request;
    }

    public async Task<JsonElement> Json(string path)
    {
        using var response = await Client.SendAsync(Ask(path));
        Assert.Equal("200 " + path, $"{(int)response.StatusCode} {path}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Ledger.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private sealed class TestCallers(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            // As a bearer token for callers that cannot send other headers: role:authority.
            if (Request.Headers.Authorization is [{ } bearer] && bearer["Bearer ".Length..].Split(':') is [var held, var of])
            {
                Request.Headers["Test-Role"] = held;
                Request.Headers["Test-Authority"] = of;
            }
            if (Request.Headers["Test-Role"] is not [{ } role]) return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity(
                [new("sub", "somebody"), new("roles", role), new("authority", Request.Headers["Test-Authority"].ToString()), new("jurisdiction", "XA")], "test", "sub", "roles");
            return Task.FromResult(AuthenticateResult.Success(new(new(identity), "test")));
        }
    }
}

/// <summary>Events of transfers.</summary>
internal static class Given
{
    public static readonly Guid Case = Guid.Parse("01990000-0000-7000-8000-000000000001");

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Official Somebody { get; } = new(new("pseudonym"), "signer", "xa-prosecutor");

    public static OfferDigests Digests { get; } = new("sha-256:act", "sha-256:conditions", "sha-256:terms");

    public static string Transfer() => Base64Url.Encode(RandomNumberGenerator.GetBytes(16));

    public static RetentionTerms Terms(int days, string trigger = "receipt") => new(days, trigger, 180, "destroy-and-certify", "XB Act 9");

    public static EvidenceItem Item(string itemRef, string data = "content", string subject = "LED6a", RetentionTerms? terms = null) => new(
        itemRef, "i1", 4096, "sha-256:sealed", "commitment", "application/pdf", data, subject, "restricted", "sha-256:a", "sha-256:b", terms ?? Terms(30), ["UseOnlyFor"], "cli");

    public static SupplyEvent.Prepared Prepared(string transfer, string recipient = "XB", params EvidenceItem[] items) =>
        new(transfer, Case, recipient, items.Length > 0 ? items : [Item("mailbox")], Start.AddDays(7), Start.AddDays(28), Somebody, Start);

    public static HoldingEvent.OfferReceived Offered(string transfer, string supplier = "XB", params EvidenceItem[] items) =>
        new(transfer, Case, supplier, Digests, items.Length > 0 ? items : [Item("mailbox")], Start.AddDays(7), Start.AddDays(28), Start);

    /// <summary>A supplier's transfer from first to last.</summary>
    public static SupplyEvent[] Supply(string transfer) =>
    [
        Prepared(transfer), new SupplyEvent.ContentStored("mailbox", 4096, 4096, Start), new SupplyEvent.Offered(Digests, Somebody, Start),
        new SupplyEvent.AcceptanceReceived("sha-256:accepted", "key", Start), new SupplyEvent.FetchGranted("mailbox", 0, 4096, Start), new SupplyEvent.KeyReleased("sha-256:b", Start),
        new SupplyEvent.CertificateReceived("sha-256:certificate", new(1, 1, 0), Start),
    ];

    /// <summary>A holder's transfer from first to last.</summary>
    public static HoldingEvent[] Hold(string transfer) =>
    [
        Offered(transfer, "XB", Item("mailbox"), Item("bank", "financial", "LED6b", Terms(20))), new HoldingEvent.Accepted("sha-256:accepted", "key", Somebody, Start),
        new HoldingEvent.ItemFetched("mailbox", 4096, Start), new HoldingEvent.ItemFetched("bank", 4096, Start), new HoldingEvent.ShareReceived("sha-256:b", Start),
        new HoldingEvent.RetentionStarted("receipt", Start, [new("mailbox", Start.AddDays(30)), new("bank", Start.AddDays(20))], null, Start),
        new HoldingEvent.HoldPlaced(Case, Somebody, Start), new HoldingEvent.HoldLifted(Case, Somebody, Start), new HoldingEvent.DestructionDue(Start.AddDays(20), Start),
        new HoldingEvent.DestructionOrdered(new(["content"], 2, Somebody, ErasureGround.TermEnded, "XB Act 9", Start), Start), new HoldingEvent.ErasureStarted(Start),
        new HoldingEvent.KeyDestroyed(Start, Start), new HoldingEvent.CiphertextDeleted(2, Start), new HoldingEvent.ErasureCompleted(Start),
        new HoldingEvent.CertificateSent("sha-256:certificate", new(2, 0, 1), Somebody, Start), new HoldingEvent.CertificateReceipted("sha-256:message", Start),
    ];
}
