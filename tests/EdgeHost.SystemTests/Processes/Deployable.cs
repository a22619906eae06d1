namespace EdgeHost.SystemTests.Processes;

/// <summary>The real programs, as the build put them beside this assembly.</summary>
internal static class Deployable
{
    public static string Edge => PathOf("EdgeHost.dll");

    public static string StaticExport => PathOf("static-export.dll");

    public static string Demo => PathOf("EdgeHost.Demo.dll");

    /// <summary>No deployable: what benchmarks measure beside the edge.</summary>
    public static string Peers => PathOf("EdgeHost.Peers.dll");

    /// <summary>No deployable: makes a program tell what it has allocated.</summary>
    public static string AllocationHook => PathOf("EdgeHost.AllocationHook.dll");

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
