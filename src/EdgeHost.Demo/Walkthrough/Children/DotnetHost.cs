using System.Runtime.InteropServices;

namespace EdgeHost.Demo.Walkthrough.Children;

internal static class DotnetHost
{
    /// <summary>
    /// The <c>dotnet</c> that this very process runs on. Environment.ProcessPath is the project's own executable under
    /// <c>dotnet run</c>, and the PATH may hold another version; the runtime's directory is
    /// …/shared/Microsoft.NETCore.App/10.0.0/, three below the host.
    /// </summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
