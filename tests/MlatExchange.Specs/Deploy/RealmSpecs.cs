using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlatExchange.Specs.Deploy;

public sealed class RealmSpecs
{
    private static readonly JsonElement Realm = JsonDocument.Parse(Tree.Read("deploy/keycloak/realm.json")).RootElement;

    [Fact]
    public void Its_roles_are_the_roles_that_the_node_knows()
    {
        var known = Regex.Matches(Tree.Read("src/MlatExchange.Node/Access/Role.cs"), @"const string \w+ = ""([a-z-]+)""").Select(match => match.Groups[1].Value);

        Assert.Equal(known.Order(), Realm.GetProperty("roles").GetProperty("realm").EnumerateArray().Select(Name).Order());
    }

    [Fact]
    public void Tokens_carry_roles_authority_and_jurisdiction_and_are_for_one_node()
    {
        var scope = Realm.GetProperty("clientScopes").EnumerateArray().Single(entry => Name(entry) == "mlat");
        var claims = scope.GetProperty("protocolMappers").EnumerateArray().Select(mapper => mapper.GetProperty("config").GetProperty("claim.name").GetString());
        Assert.Equal(["authority", "jurisdiction", "roles"], claims.Order());

        foreach (var code in new[] { "xa", "xb" })
        {
            var client = Realm.GetProperty("clients").EnumerateArray().Single(entry => entry.GetProperty("clientId").GetString() == $"node-{code}");
            Assert.Contains("mlat", client.GetProperty("defaultClientScopes").EnumerateArray().Select(entry => entry.GetString()));
            var audience = client.GetProperty("protocolMappers").EnumerateArray().Single().GetProperty("config").GetProperty("included.custom.audience").GetString();
            Assert.Equal(Compose.Environment(new Compose().Service($"node-{code}"))["Access__Audience"], audience);
        }
    }

    [Fact]
    public void An_official_cannot_change_the_own_authority_or_jurisdiction()
    {
        var profile = JsonDocument.Parse(Realm.GetProperty("components").GetProperty("org.keycloak.userprofile.UserProfileProvider")[0]
            .GetProperty("config").GetProperty("kc.user.profile.config")[0].GetString()!).RootElement;
        var attributes = profile.GetProperty("attributes").EnumerateArray().Where(attribute => Name(attribute) is "authority" or "jurisdiction").ToArray();

        Assert.Equal(2, attributes.Length);
        Assert.All(attributes, attribute => Assert.Equal(["admin"], attribute.GetProperty("permissions").GetProperty("edit").EnumerateArray().Select(who => who.GetString())));
    }

    [Fact]
    public void It_holds_no_user_no_secret_and_no_open_door()
    {
        Assert.False(Realm.TryGetProperty("users", out _));
        Assert.False(Realm.GetProperty("registrationAllowed").GetBoolean());
        Assert.All(Realm.GetProperty("clients").EnumerateArray(), client =>
        {
            Assert.False(client.TryGetProperty("secret", out _));
            Assert.False(client.GetProperty("directAccessGrantsEnabled").GetBoolean());
            Assert.Equal("S256", client.GetProperty("attributes").GetProperty("pkce.code.challenge.method").GetString());
        });
    }

    [Fact]
    public void The_nodes_ask_for_tokens_of_this_realm_and_officials_return_to_the_ports_of_the_example()
    {
        Assert.EndsWith($"/realms/{Realm.GetProperty("realm").GetString()}", Compose.Environment(new Compose().Service("node-xa"))["Access__Authority"], StringComparison.Ordinal);
        foreach (var code in new[] { "xa", "xb" })
        {
            var port = Regex.Match(Tree.Read("deploy/.env.example"), $"MLAT_{code.ToUpperInvariant()}_PORT=([0-9]+)").Groups[1].Value;
            var client = Realm.GetProperty("clients").EnumerateArray().Single(entry => entry.GetProperty("clientId").GetString() == $"node-{code}");
            Assert.Equal($"http://127.0.0.1:{port}/*", client.GetProperty("redirectUris")[0].GetString());
        }
    }

    private static string Name(JsonElement entry) => entry.GetProperty("name").GetString()!;
}
