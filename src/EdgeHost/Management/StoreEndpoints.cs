using EdgeHost.ControlContracts;
using EdgeHost.Following;
using EdgeHost.SnapshotStore;

namespace EdgeHost.Management;

/// <summary>A person's word that a store, though not the one that the edge knew, is the right one.</summary>
internal sealed partial class StoreEndpoints(StoreView view, StoreFollower follower, ILogger<StoreEndpoints> log)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/store/accept", async (AcceptStoreRequest request, CancellationToken cancel) =>
        {
            if (string.IsNullOrEmpty(request.StoreId))
            {
                return ManagementProblems.BadRequest("storeId is missing: name the id of the store that you have looked at (it is in its store.json).");
            }

            if (ManagementProblems.MissingWho(request.Actor, request.Reason) is { } missing)
            {
                return missing;
            }

            try
            {
                await view.AcceptAsync(request.StoreId, cancel);
                follower.Accepted();
                LogAccepted(request.StoreId, request.Actor!, request.Reason!);
                return Results.NoContent();
            }
            catch (StoreException e)
            {
                return ManagementProblems.Store(e);
            }
        });

    [LoggerMessage(EventId = 500, Level = LogLevel.Warning, Message = "The store {StoreId} was accepted by {Actor}: {Reason}")]
    private partial void LogAccepted(string storeId, string actor, string reason);
}
