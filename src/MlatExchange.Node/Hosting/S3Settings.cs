using Amazon.Runtime;
using Amazon.S3;

namespace MlatExchange.Node.Hosting;

/// <summary>Section <c>Evidence:S3</c>: <c>Endpoint</c>, <c>Bucket</c>, <c>Region</c>, <c>Prefix</c>; <c>AccessKey</c> and <c>SecretKey</c>, or what the machine's own identity gives.</summary>
public static class S3Settings
{
    public static IAmazonS3 Client(IConfiguration settings)
    {
        var client = new AmazonS3Config
        {
            ServiceURL = NodeSettings.Needed(settings, "Evidence:S3:Endpoint"),
            AuthenticationRegion = settings["Evidence:S3:Region"] ?? "us-east-1",
            ForcePathStyle = true, // a store of one's own has no name per bucket
            // Trailing checksums are an extension that most compatible stores lack; the digest of the item is checked at both ends anyway.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        return settings["Evidence:S3:AccessKey"] is { Length: > 0 } key ? new AmazonS3Client(new BasicAWSCredentials(key, NodeSettings.Needed(settings, "Evidence:S3:SecretKey")), client) : new AmazonS3Client(client);
    }
}
