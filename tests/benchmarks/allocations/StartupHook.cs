using System.Globalization;
using System.Runtime.InteropServices;

/// <summary>
/// Makes any .NET program tell how much it has allocated, without the program knowing: named in DOTNET_STARTUP_HOOKS, it appends a line with the bytes since the start to the file
/// in ALLOCATIONS_FILE at each SIGUSR1. See docs/design/features/host-startup-hook.md of the runtime.
/// </summary>
internal static class StartupHook
{
    private const PosixSignal UserSignal = (PosixSignal)10;

    private static PosixSignalRegistration? registration;

    public static void Initialize()
    {
        var file = Environment.GetEnvironmentVariable("ALLOCATIONS_FILE");
        registration = file is null ? null : PosixSignalRegistration.Create(UserSignal, context =>
        {
            context.Cancel = true;
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalAllocatedBytes(precise: true)}\n"));
        });
    }
}
