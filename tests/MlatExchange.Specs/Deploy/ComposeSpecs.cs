using System.Text.RegularExpressions;

namespace MlatExchange.Specs.Deploy;

public sealed partial class ComposeSpecs
{
    private static readonly string[] Jurisdictions = ["xa", "xb"];

    private readonly Compose _compose = new();

    [Fact]
    public void Two_jurisdictions_have_a_database_a_broker_and_a_node_each_and_one_provider_signs_in() =>
        Assert.Equal(["keycloak", .. Jurisdictions.SelectMany(code => new[] { $"node-{code}", $"postgres-{code}", $"rabbitmq-{code}" }).Order()], _compose.Names("services").Order());

    [Fact]
    public void Every_file_that_is_mounted_is_in_the_tree()
    {
        var paths = _compose.Services.SelectMany(service => Compose.Mounts(service.Service)).Select(mount => mount.From).Where(from => from.StartsWith("./", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(File.Exists(Tree.Path(path)), $"{path} is mounted and is not there"));
    }

    [Fact]
    public void Every_volume_network_and_secret_that_is_used_is_declared_and_the_other_way_round()
    {
        var mounts = _compose.Services.SelectMany(service => Compose.Mounts(service.Service)).Select(mount => mount.From).Where(from => char.IsAsciiLetter(from[0]));
        var networks = _compose.Services.SelectMany(service => Compose.Texts(service.Service, "networks"));
        var secrets = _compose.Services.SelectMany(service => Compose.Secrets(service.Service)).Select(secret => secret.Source);

        Assert.Equal(_compose.Names("volumes").Order(), mounts.Distinct().Order());
        Assert.Equal(_compose.Names("networks").Order(), networks.Distinct().Order());
        Assert.Equal(_compose.Names("secrets").Order(), secrets.Distinct().Order());
    }

    [Fact]
    public void Every_setting_that_a_node_is_given_is_one_that_the_code_reads() =>
        Assert.All(Jurisdictions.SelectMany(code => Settings($"node-{code}")).Distinct(), name => Assert.True(Settings().Knows(name), $"no code reads {name}"));

    [Theory]
    [InlineData("Node__Jurisdiction")]
    [InlineData("Node__BaseUrl")]
    [InlineData("Node__KeysPath")]
    [InlineData("Node__TrustPath")]
    [InlineData("Storage__ConnectionString")]
    [InlineData("Storage__SequencerConnectionString")]
    [InlineData("Storage__MigrationConnectionString")]
    [InlineData("Bus__Transport")]
    [InlineData("Bus__Uri")]
    [InlineData("Access__Authority")]
    [InlineData("Access__Audience")]
    public void A_node_is_given_what_it_cannot_start_without(string setting) =>
        Assert.All(Jurisdictions, code => Assert.Contains(setting, Settings($"node-{code}")));

    [Fact]
    public void No_password_and_no_key_stands_in_the_file()
    {
        var values = _compose.Services.SelectMany(service => Compose.Environment(service.Service))
            .Where(variable => variable.Key.Contains("PASSWORD", StringComparison.Ordinal) || variable.Key.StartsWith("Storage__", StringComparison.Ordinal) || variable.Key == "Bus__Uri")
            .Where(variable => variable.Key != "Storage__Driver");

        Assert.All(values, variable => Assert.Matches(@"^(/run/secrets/[a-z-]+|\$\{[A-Z_]+:\?[^}]+\})$", variable.Value));
        Assert.All(_compose.Names("secrets"), name => Assert.StartsWith("${MLAT_SECRETS}/", _compose.SecretFile(name), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_secret_is_one_that_deploy_prepare_makes()
    {
        var prepare = Tree.Read("deploy/prepare");
        var names = _compose.Names("secrets").Select(name => Path.GetFileNameWithoutExtension(_compose.SecretFile(name))).Distinct();

        Assert.All(names, name => Assert.Matches($@"\b{Regex.Escape(name)}\b", prepare));
    }

    [Fact]
    public void Every_variable_is_in_the_example_and_secrets_are_empty_there()
    {
        var example = File.ReadLines(Tree.Path("deploy/.env.example")).Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
            .ToDictionary(line => line.Split('=')[0], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var used = Variable().Matches(Tree.Read("docker-compose.yml")).Select(match => match.Groups[1].Value).Distinct();

        Assert.Equal(example.Keys.Order(), used.Order());
        Assert.All(example.Where(variable => variable.Key.Contains("PASSWORD", StringComparison.Ordinal)), variable => Assert.Equal("", variable.Value));
    }

    [Fact]
    public void Only_loopback_ports_of_this_machine_are_opened_and_no_database_or_broker_among_them()
    {
        var ports = _compose.Services.SelectMany(service => Compose.Texts(service.Service, "ports").Select(port => (service.Name, port))).ToArray();

        Assert.Equal(["keycloak", "node-xa", "node-xb"], ports.Select(port => port.Name).Order());
        Assert.All(ports, port => Assert.StartsWith("127.0.0.1:", port.port, StringComparison.Ordinal));
        Assert.All(ports.Where(port => port.Name != "keycloak"), port => Assert.EndsWith(":8080", port.port, StringComparison.Ordinal));
    }

    [Fact]
    public void The_jurisdictions_meet_only_where_their_brokers_and_nodes_meet()
    {
        Assert.All(Jurisdictions, code => Assert.Equal([code], Compose.Texts(_compose.Service($"postgres-{code}"), "networks")));
        Assert.All(Jurisdictions, code => Assert.Equal([code, "links"], Compose.Texts(_compose.Service($"rabbitmq-{code}"), "networks")));
    }

    [Fact]
    public void Data_keys_guard_and_evidence_lie_in_volumes_of_their_own()
    {
        foreach (var code in Jurisdictions)
        {
            var mounts = Compose.Mounts(_compose.Service($"node-{code}")).ToDictionary(mount => mount.To, mount => mount.From);

            Assert.Equal((code, $"keys-{code}", $"guard-{code}", $"evidence-{code}"), (code, mounts["/data/keys"], mounts["/data/guard"], mounts["/data/evidence"]));
        }
    }

    private static SettingNames Settings() => SettingNames.OfTheNode;

    private IEnumerable<string> Settings(string service) =>
        Compose.Environment(_compose.Service(service)).Keys.Concat(Compose.Secrets(_compose.Service(service)).Select(secret => secret.Target))
            .Where(name => name.Contains("__", StringComparison.Ordinal));

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();
}
