namespace EdgeHost.Replicas;

/// <summary>What the disk can do to us. A file that we may not read is no <see cref="IOException"/>, and to a visitor it is the same: not there.</summary>
internal static class DiskFault
{
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException;
}
