using System.Security.Cryptography;

namespace EdgeHost.Demo.Platform.Admin;

/// <summary>Who is signed in, and to which agency. In memory, and few.</summary>
internal sealed class AdminSessions
{
    private const int Kept = 64;

    private readonly Lock gate = new();
    private readonly Queue<(string Token, string AgencyId)> sessions = new();

    public string Open(string agencyId)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (gate)
        {
            sessions.Enqueue((token, agencyId));
            if (sessions.Count > Kept)
            {
                sessions.Dequeue();
            }
        }

        return token;
    }

    public bool Holds(string? token, string agencyId)
    {
        lock (gate)
        {
            return token is not null && sessions.Contains((token, agencyId));
        }
    }
}
