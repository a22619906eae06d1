using System.CommandLine;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.S3;

namespace StaticExport.StoreCommands;

/// <summary>The options that name a store, the same in every command.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string> store = new("--store")
    {
        Description = "The store: a directory, or s3://bucket/prefix. Credentials for S3 come from the AWS SDK's usual chain (environment, profile, role).",
        HelpName = "DIR|s3://bucket/prefix",
        Required = true,
    };

    private readonly Option<Uri?> endpoint = new("--s3-endpoint")
    {
        Description = "The URL of an S3-compatible service other than AWS, http or https. Default: AWS, by region.",
        HelpName = "URL",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            result.AddError("--s3-endpoint is not a URL: write it as https://s3.example.org.");
            return null;
        },
    };

    private readonly Option<string?> region = new("--s3-region") { Description = "The region that requests are signed for. Default: the AWS SDK's usual chain; us-east-1 with --s3-endpoint.", HelpName = "REGION" };

    private readonly Option<bool?> pathStyle = new("--s3-path-style") { Description = "Puts the bucket into the path. Default: true with --s3-endpoint, else false.", HelpName = "true|false" };

    private readonly Option<bool> checksums = new("--s3-checksums-when-required") { Description = "Leaves out newer checksums that older S3 engines reject. Default: false." };

    public StoreOptions()
    {
        store.Validators.Add(result =>
        {
            if (!StoreLocation.TryParse(result.GetValueOrDefault<string>(), null, out _, out var fault))
            {
                result.AddError(fault);
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Options.Add(store);
        command.Options.Add(endpoint);
        command.Options.Add(region);
        command.Options.Add(pathStyle);
        command.Options.Add(checksums);
    }

    /// <summary>Opens the store that the options name. Nothing is read yet.</summary>
    public ISnapshotStore Open(ParseResult arguments, TimeProvider clock)
    {
        var s3 = new S3StoreOptions
        {
            Bucket = "",
            ServiceUrl = arguments.GetValue(endpoint),
            Region = arguments.GetValue(region),
            PathStyle = arguments.GetValue(pathStyle),
            ChecksumsWhenRequired = arguments.GetValue(checksums),
        };
        return StoreLocation.Parse(arguments.GetRequiredValue(store), s3).Open(clock);
    }
}
