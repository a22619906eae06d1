using EdgeHost.Counting;
using EdgeHost.Health;
using EdgeHost.Origins;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>Says each turn once, with its cause, and counts it. That something is suspected is no news: nothing changes for anybody.</summary>
internal sealed partial class TurnLog(ILogger<TurnLog> log)
{
    private const string FromSnapshot = "it is answered from its snapshot";
    private const string NoSnapshot = "it has no snapshot, so its visitors get what the platform answers";
    private const string OfOrigin = "Its origin counts as down for it";
    private const string OfOneSite = "It stays live as long as it is the only one: set its mode to snapshot if that is not meant";

    public TurnCounts Counts { get; } = new();

    public void Say(Origin origin, HealthTurn turn)
    {
        Counts.CountOrigin(turn.To);
        switch (turn)
        {
            case { To: HealthPhase.Snapshot, From: HealthPhase.Recovering }:
                LogOriginRelapsed(origin.Name, turn.Cause.Name());
                break;
            case { To: HealthPhase.Snapshot }:
                LogOriginDown(origin.Name, turn.Cause.Name());
                break;
            case { To: HealthPhase.Recovering }:
                LogOriginReturns(origin.Name);
                break;
            case { To: HealthPhase.Live, From: HealthPhase.Recovering }:
                LogOriginUp(origin.Name);
                break;
        }
    }

    public void Say(Site site, HealthTurn turn)
    {
        Counts.CountSite(turn.To);
        switch (turn)
        {
            case { To: HealthPhase.Snapshot }:
                LogSiteDown(site.IdText, site.Origin.Name, turn.Cause.Name(), PhaseOf(turn.From), site.State.Snapshot is null ? NoSnapshot : FromSnapshot);
                break;
            case { To: HealthPhase.Recovering }:
                LogSiteReturns(site.IdText);
                break;
            case { To: HealthPhase.Live, From: HealthPhase.Recovering }:
                LogSiteUp(site.IdText);
                break;
        }
    }

    /// <summary>A probe has become a configuration error, or is none any more.</summary>
    public void SayProbe(Site site, bool isWrong, string received)
    {
        if (isWrong)
        {
            LogProbeWrong(site.IdText, site.Probe.Words, received);
        }
        else
        {
            LogProbeRight(site.IdText);
        }
    }

    /// <summary>A site's content is lost, or is there again.</summary>
    /// <param name="site">Whose it is.</param>
    /// <param name="content">What is known of it.</param>
    /// <param name="isOrigins">Whether it turns the origin.</param>
    public void SayContent(Site site, LostContentReport content, bool isOrigins)
    {
        if (content.IsLost)
        {
            LogContentLost(site.IdText, site.Origin.Name, content.LostPaths, content.LookedPaths, content.Received, isOrigins ? OfOrigin : OfOneSite);
        }
        else
        {
            LogContentBack(site.IdText);
        }
    }

    /// <summary>A site's lost content is its origin's fault, which is said of the origin.</summary>
    public void SayContentOfOrigin(Site site) => LogContentOfOrigin(site.IdText, site.Origin.Name);

    private static string PhaseOf(HealthPhase phase) => phase switch
    {
        HealthPhase.Suspect => "suspect",
        HealthPhase.Recovering => "recovering",
        HealthPhase.Snapshot => "snapshot",
        _ => "live",
    };

    [LoggerMessage(EventId = 100, Level = LogLevel.Error, Message = "Origin {Origin} is down ({Failure}): those of its sites that have a snapshot are answered from it, and it is probed")]
    private partial void LogOriginDown(string origin, string failure);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "Origin {Origin} is up again: all visitors get it")]
    private partial void LogOriginUp(string origin);

    [LoggerMessage(EventId = 102, Level = LogLevel.Error, Message = "Site {Site} on origin {Origin} is down ({Failure}, it was {Before}): {Consequence}, and it is probed")]
    private partial void LogSiteDown(string site, string origin, string failure, string before, string consequence);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "Site {Site} is up again: all visitors get it")]
    private partial void LogSiteUp(string site);

    [LoggerMessage(EventId = 105, Level = LogLevel.Warning, Message = "Origin {Origin} passes its probes: a growing share of visitors gets it")]
    private partial void LogOriginReturns(string origin);

    [LoggerMessage(EventId = 106, Level = LogLevel.Error, Message = "Origin {Origin} has failed anew while it came back ({Failure}): those of its sites that have a snapshot are answered from it")]
    private partial void LogOriginRelapsed(string origin, string failure);

    [LoggerMessage(EventId = 107, Level = LogLevel.Warning, Message = "Site {Site} passes its probes: a growing share of visitors gets it")]
    private partial void LogSiteReturns(string site);

    [LoggerMessage(EventId = 111, Level = LogLevel.Error, Message = "Site {Site} has lost its content on origin {Origin}: {Lost} of {Looked} pages, the home page among them, are answered with something else ({Received}). {Consequence}")]
    private partial void LogContentLost(string site, string origin, int lost, int looked, string? received, string consequence);

    [LoggerMessage(EventId = 112, Level = LogLevel.Warning, Message = "Site {Site} has its content again")]
    private partial void LogContentBack(string site);

    [LoggerMessage(EventId = 115, Level = LogLevel.Warning, Message = "That site {Site} has lost its content is no longer held against it: its origin {Origin} answers for it")]
    private partial void LogContentOfOrigin(string site, string origin);

    [LoggerMessage(EventId = 108, Level = LogLevel.Error, Message = "The probe of site {Site} can't be right and is left out of account, correct it: sent {Sent}; received {Received}, while the site answers its visitors or the probe has never passed")]
    private partial void LogProbeWrong(string site, string sent, string received);

    [LoggerMessage(EventId = 109, Level = LogLevel.Warning, Message = "The probe of site {Site} is taken into account again")]
    private partial void LogProbeRight(string site);
}
