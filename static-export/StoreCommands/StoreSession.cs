using System.CommandLine;
using EdgeHost.SnapshotStore;

namespace StaticExport.StoreCommands;

/// <summary>What a command works with.</summary>
internal sealed record StoreSession(ParseResult Arguments, ISnapshotStore Store, TimeProvider Clock)
{
    public TextWriter Out => Arguments.InvocationConfiguration.Output;

    public TextWriter Error => Arguments.InvocationConfiguration.Error;

    public async Task<int> RefuseAsync(string why)
    {
        await Error.WriteLineAsync($"error: {why}");
        return ExitCode.Failed;
    }
}
