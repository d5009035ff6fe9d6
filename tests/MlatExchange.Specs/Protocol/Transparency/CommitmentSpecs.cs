using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Transparency;

public class CommitmentSpecs
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void It_is_the_hmac_of_the_format() =>
        // printf 'mlat-commit-v1\0thread\0AAAA' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102...1f
        Assert.Equal(Expected, Convert.ToHexStringLower(Commitment.Of(Salt, "thread", "AAAA")));

    [Fact]
    public void It_opens_with_its_own_salt_member_and_value_only()
    {
        var commitment = Commitment.Of(Salt, "thread", "value");
        Assert.True(Commitment.Opens(commitment, Salt, "thread", "value"));
        Assert.False(Commitment.Opens(commitment, Salt, "thread", "other"));
        Assert.False(Commitment.Opens(commitment, Salt, "messageDigest", "value"));
        Assert.False(Commitment.Opens(commitment, [.. Salt[..31], 0], "thread", "value"));
        Assert.False(Commitment.Opens(commitment, Salt.AsSpan(0, 31), "thread", "value"));
        Assert.False(Commitment.Opens(commitment.AsSpan(0, 31), Salt, "thread", "value"));
    }

    [Fact]
    public void Member_and_value_cannot_be_shifted_into_each_other()
    {
        Assert.Throws<ArgumentException>(() => Commitment.Of(Salt, "a\0b", "c"));
        Assert.False(Commitment.Opens(Commitment.Of(Salt, "a", "b\0c"), Salt, "a\0b", "c"));
        Assert.Throws<ArgumentException>(() => Commitment.Of([], "a", "b"));
    }

    private const string Expected = "fd772e5011b3ce3444191d5eb5bbd2c1a3f685485110fe68e6ccef25eccf687d";
}
