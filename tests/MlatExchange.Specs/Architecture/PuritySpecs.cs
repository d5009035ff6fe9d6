using System.Reflection;
using MlatExchange.Domain;
using MlatExchange.Protocol;

namespace MlatExchange.Specs.Architecture;

/// <summary>The core is pure because it cannot be otherwise: what it does not refer to, it cannot use.</summary>
public sealed class PuritySpecs
{
    private static readonly Assembly DomainAssembly = typeof(Rule).Assembly;

    private static readonly Assembly ProtocolAssembly = typeof(RandomSource).Assembly;

    private static readonly string[] Clocks =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Environment.get_TickCount", "System.Environment.get_TickCount64", "System.Diagnostics.Stopwatch.GetTimestamp", "System.Diagnostics.Stopwatch.StartNew",
        "System.TimeProvider.get_System", "System.TimeProvider.GetUtcNow",
    ];

    private static readonly string[] Chances =
    [
        "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Random.get_Shared", "System.Random..ctor",
        "System.Security.Cryptography.RandomNumberGenerator.Create", "System.Security.Cryptography.RandomNumberGenerator.Fill",
        "System.Security.Cryptography.RandomNumberGenerator.GetBytes", "System.Security.Cryptography.RandomNumberGenerator.GetInt32",
        "System.IO.Path.GetRandomFileName",
    ];

    private static readonly string[] WorldlyTypes =
    [
        "System.IO.File", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.Directory", "System.Net.Http.HttpClient", "System.Net.Sockets.Socket",
        "System.TimeProvider", "System.Threading.Thread", "System.Diagnostics.Process", "System.Console",
    ];

    [Fact]
    public void The_domain_refers_to_the_base_class_library_alone() =>
        Assert.Equal([], CalledMembers.Of(DomainAssembly).Assemblies.Where(name => !IsBase(name)));

    [Fact]
    public void The_protocol_refers_to_the_token_library_and_to_nothing_of_ours()
    {
        var others = CalledMembers.Of(ProtocolAssembly).Assemblies.Where(name => !IsBase(name)).ToList();
        Assert.Equal([], others.Where(name => !name.StartsWith("Microsoft.IdentityModel.", StringComparison.Ordinal)));
        Assert.Contains("Microsoft.IdentityModel.Tokens", others);
    }

    [Fact]
    public void Neither_reads_a_clock()
    {
        Assert.Equal([], CalledMembers.Of(DomainAssembly).Members.Intersect(Clocks));
        Assert.Equal([], CalledMembers.Of(ProtocolAssembly).Members.Intersect(Clocks));
    }

    /// <summary>Keys that the base class library makes by itself are the exception: an ephemeral key has to come from it.</summary>
    [Fact]
    public void Neither_draws_at_random_and_the_protocol_takes_a_source()
    {
        Assert.Equal([], CalledMembers.Of(DomainAssembly).Members.Intersect(Chances));
        Assert.Equal([], CalledMembers.Of(ProtocolAssembly).Members.Intersect(Chances));
    }

    [Fact]
    public void Neither_touches_the_world()
    {
        Assert.Equal([], CalledMembers.Of(DomainAssembly).Types.Intersect(WorldlyTypes));
        // Sealing hashes on a second thread beside the encryption: computation, not the world.
        Assert.Equal(["System.Threading.Thread"], CalledMembers.Of(ProtocolAssembly).Types.Intersect(WorldlyTypes));
        // The compiler's own iterators ask for the thread they run on.
        Assert.Equal([], Surroundings(DomainAssembly).Concat(Surroundings(ProtocolAssembly)).Except(["System.Environment.get_CurrentManagedThreadId"]));
    }

    [Fact]
    public void The_domain_does_nothing_later() =>
        Assert.Equal([], CalledMembers.Of(DomainAssembly).Types.Where(type => type.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal)));

    /// <summary>The scan sees what it is meant to see: this test project does all of it.</summary>
    [Fact]
    public void The_scan_would_find_a_clock_a_chance_and_a_file()
    {
        var here = CalledMembers.Of(typeof(PuritySpecs).Assembly);
        _ = (DateTimeOffset.UtcNow, Guid.NewGuid());
        Assert.Contains("System.DateTimeOffset.get_UtcNow", here.Members);
        Assert.Contains("System.Guid.NewGuid", here.Members);
        Assert.Contains("System.IO.File", here.Types);
        Assert.Contains("MlatExchange.Domain", here.Assemblies);
    }

    private static IEnumerable<string> Surroundings(Assembly assembly) =>
        CalledMembers.Of(assembly).Members.Where(member => member.StartsWith("System.Environment.", StringComparison.Ordinal));

    private static bool IsBase(string name) => name is "netstandard" or "mscorlib" || name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
