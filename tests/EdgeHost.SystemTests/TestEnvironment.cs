namespace EdgeHost.SystemTests;

/// <summary>What test.sh tells the tests.</summary>
internal static class TestEnvironment
{
    /// <summary>The repository.</summary>
    public static string? Root => Find("EDGEHOST_TEST_ROOT");

    /// <summary>The script that runs the S3 engine.</summary>
    public static string? S3Script => Find("EDGEHOST_TEST_S3");

    /// <summary>The script that runs the wiki.</summary>
    public static string? WikiScript => Find("EDGEHOST_TEST_WIKI");

    public static string? Find(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
