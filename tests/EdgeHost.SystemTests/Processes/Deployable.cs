namespace EdgeHost.SystemTests.Processes;

/// <summary>The real programs, as the build put them beside this assembly.</summary>
internal static class Deployable
{
    public static string Edge => PathOf("EdgeHost.dll");

    public static string StaticExport => PathOf("static-export.dll");

    public static string Demo => PathOf("EdgeHost.Demo.dll");

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
