using EdgeHost.Unavailable;

namespace EdgeHost.Requests;

/// <summary>Tells a client why its request is not answered.</summary>
internal static class RefusalResponder
{
    public static async ValueTask<RequestOutcome> RefuseAsync(HttpContext context, RequestRefusal refusal)
    {
        await UnavailableResponder.RefuseAsync(context, refusal.Status, refusal.Reason, refusal.Problem);
        return new RequestOutcome(refusal.Decision, refusal.Problem);
    }
}
