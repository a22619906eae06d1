using EdgeHost.Decisions;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Requests;

/// <summary>Where a request is addressed to: a site and one canonical target; or why nowhere. Of a request and of a question about one alike.</summary>
internal readonly record struct RequestAddress
{
    private RequestAddress(Site? site, RequestTarget target, RequestRefusal? refusal)
    {
        Site = site;
        Target = target;
        Refusal = refusal;
    }

    /// <summary>Null when it is refused.</summary>
    public Site? Site { get; }

    /// <summary>Without a path when it is the target that is refused.</summary>
    public RequestTarget Target { get; }

    public RequestRefusal? Refusal { get; }

    /// <param name="table">The sites.</param>
    /// <param name="rawTarget">As it was sent, in origin-form or absolute-form.</param>
    /// <param name="authority">The Host as it was sent.</param>
    public static RequestAddress Of(SiteTable table, string rawTarget, string authority)
    {
        if (AbsoluteForm.ToOriginForm(rawTarget) is not { } originForm)
        {
            return Refused(default, StatusCodes.Status400BadRequest, RequestProblem.Of(TargetError.NotAPath));
        }

        if (!RequestTarget.TryParse(originForm, out var target, out var error))
        {
            return Refused(default, error == TargetError.TooLong ? StatusCodes.Status414UriTooLong : StatusCodes.Status400BadRequest, RequestProblem.Of(error));
        }

        var site = table.Find(authority, out var malformed);
        return malformed ? Refused(target, StatusCodes.Status400BadRequest, "The Host is missing or malformed.")
            : site is null ? Refused(target, StatusCodes.Status421MisdirectedRequest, "No site of this host is served here.", DecisionReason.UnknownHost)
            : new RequestAddress(site, target, null);
    }

    private static RequestAddress Refused(RequestTarget target, int status, string problem, DecisionReason reason = DecisionReason.BadRequest) =>
        new(null, target, new RequestRefusal(status, reason, problem));
}
