using EdgeHost.SnapshotStore;
using EdgeHost.SystemTests.Exports;

namespace EdgeHost.SystemTests.S3;

/// <summary>A bucket that holds one store under a prefix, and who may do what in it.</summary>
internal sealed record S3Bucket(S3Engine Engine, string Name, S3User Edge, S3User Exporter)
{
    public const string Prefix = "system";

    public string Location => $"s3://{Name}/{Prefix}";

    public ExportRun Export => new(Location, Exporter.Environment, Engine.Endpoint);

    public ISnapshotStore Open() => Engine.Open(this);
}
