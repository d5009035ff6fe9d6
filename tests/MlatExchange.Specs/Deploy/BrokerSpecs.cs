using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlatExchange.Specs.Deploy;

/// <summary>The definitions that the brokers of docker-compose.yml start with; MlatExchange.Node.Tests puts them on a real broker.</summary>
public sealed class BrokerSpecs
{
    [Fact]
    public void Both_jurisdictions_have_the_same_definitions_with_the_names_exchanged()
    {
        var mirrored = Regex.Replace(Tree.Read("deploy/rabbitmq/definitions-xa.json"), "xa|xb", code => code.Value == "xa" ? "xb" : "xa");

        Assert.Equal(Tree.Read("deploy/rabbitmq/definitions-xb.json"), mirrored);
    }

    [Theory]
    [InlineData("node", @"^mlat\.(outgoing|incoming)\.", @"^mlat\.(outgoing|incoming)\.", @"^mlat\.incoming\.")]
    [InlineData("link-xb", "^$", "^$", @"^mlat\.outgoing\.xb$")]
    [InlineData("receiver", "^$", @"^mlat\.incoming\.xb$", "^$")]
    public void A_user_may_do_what_the_protocol_allows_and_no_more(string user, string configure, string write, string read)
    {
        var permission = Definitions("permissions").Single(row => row.GetProperty("user").GetString() == user);

        Assert.Equal((configure, write, read), (Text(permission, "configure"), Text(permission, "write"), Text(permission, "read")));
    }

    [Fact]
    public void No_user_has_a_password_in_the_file_and_none_is_an_administrator()
    {
        var start = Tree.Read("deploy/rabbitmq/start.sh");

        Assert.All(Definitions("users"), user =>
        {
            Assert.Equal("", Text(user, "tags"));
            // without a password hash only a certificate signs in
            if (!user.TryGetProperty("password", out var password)) Assert.Equal("", Text(user, "password_hash"));
            else Assert.Contains(password.GetString()!, start, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_link_verifies_the_other_broker_and_shows_a_certificate()
    {
        var source = new Uri(Text(Definitions("parameters").Single().GetProperty("value"), "src-uri"));

        Assert.Equal(("amqps", "rabbitmq-xb", 5671), (source.Scheme, source.Host, source.Port));
        Assert.Contains(source.Host, new Compose().Names("services"));
        var targets = Compose.Secrets(new Compose().Service("rabbitmq-xa")).Select(secret => $"/run/secrets/{secret.Target}").ToArray();
        var query = source.Query[1..].Split('&').ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1]);
        Assert.Equal(("verify_peer", "external", "rabbitmq-xb"), (query["verify"], query["auth_mechanism"], query["server_name_indication"]));
        Assert.All(new[] { "cacertfile", "certfile", "keyfile" }, file => Assert.Contains(query[file], targets));
    }

    [Fact]
    public void The_listener_for_links_asks_for_a_certificate_and_every_file_it_names_is_a_secret()
    {
        var settings = File.ReadLines(Tree.Path("deploy/rabbitmq/rabbitmq.conf")).Where(line => line.Contains(" = ", StringComparison.Ordinal))
            .ToDictionary(line => line.Split(" = ")[0], line => line.Split(" = ")[1]);
        var targets = Compose.Secrets(new Compose().Service("rabbitmq-xa")).Select(secret => $"/run/secrets/{secret.Target}").ToArray();

        Assert.Equal(("verify_peer", "true", "tlsv1.3"), (settings["ssl_options.verify"], settings["ssl_options.fail_if_no_peer_cert"], settings["ssl_options.versions.1"]));
        Assert.All(settings.Values.Where(value => value.StartsWith("/run/secrets/", StringComparison.Ordinal)), file => Assert.Contains(file, targets));
    }

    private static JsonElement[] Definitions(string section)
    {
        using var document = JsonDocument.Parse(Tree.Read("deploy/rabbitmq/definitions-xa.json"));
        return [.. document.RootElement.GetProperty(section).Clone().EnumerateArray()];
    }

    private static string Text(JsonElement row, string member) => row.GetProperty(member).GetString()!;
}
