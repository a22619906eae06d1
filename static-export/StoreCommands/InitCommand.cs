using System.CommandLine;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Identity;

namespace StaticExport.StoreCommands;

/// <summary><c>static-export init</c>: gives a store its identity, once.</summary>
internal static class InitCommand
{
    public static Command Create() => new Command("init", "Makes an empty directory or bucket a store. Does nothing to one that is a store already.").OnStore(RunAsync);

    private static async Task<int> RunAsync(StoreSession session, CancellationToken cancellationToken)
    {
        var (identity, created) = await StoreIdentity.InitAsync(session.Store, session.Clock, cancellationToken);
        if (!created)
        {
            await session.Out.WriteLineAsync($"{session.Store.Location} is a store already: {identity.Id}, since {identity.CreatedAt:u}.");
            return ExitCode.Done;
        }

        // The same bytes again: a store that takes them would let journal records be overwritten too.
        var content = await session.Store.ReadAsync(StoreKeys.Identity, cancellationToken);
        if (content is null || await session.Store.CreateAsync(StoreKeys.Identity, content, cancellationToken) == CreateOutcome.Created)
        {
            return await session.RefuseAsync($"{session.Store.Location} creates an object that exists already: it can't hold a journal. 'static-export store check' tells more.");
        }

        await session.Out.WriteLineAsync($"Created store {identity.Id} at {session.Store.Location}.");
        return ExitCode.Done;
    }
}
