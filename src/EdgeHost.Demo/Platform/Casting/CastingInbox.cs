using EdgeHost.Demo.Platform.Agencies;

namespace EdgeHost.Demo.Platform.Casting;

/// <summary>The castings that were sent in, newest first, in memory: they go when the platform goes.</summary>
internal sealed class CastingInbox(TimeProvider clock)
{
    private const int Kept = 200;

    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedList<CastingCall>> byAgency = [];

    public void Accept(Agency agency, CastingForm form)
    {
        var call = new CastingCall
        {
            ReceivedAt = clock.GetUtcNow(),
            Name = form.Name,
            Email = form.Email,
            Project = form.Project,
            Message = form.Message,
        };

        lock (gate)
        {
            if (!byAgency.TryGetValue(agency.Id, out var calls))
            {
                byAgency[agency.Id] = calls = [];
            }

            calls.AddFirst(call);
            if (calls.Count > Kept)
            {
                calls.RemoveLast();
            }
        }
    }

    public IReadOnlyList<CastingCall> For(Agency agency)
    {
        lock (gate)
        {
            return byAgency.TryGetValue(agency.Id, out var calls) ? [.. calls] : [];
        }
    }
}
