using EdgeHost.Configuration;
using EdgeHost.Live;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Sites;

internal static class SiteRules
{
    public static void Check(SiteTableOptions options, ConfigurationErrors errors)
    {
        if (options.Sites.Count == 0)
        {
            errors.Add("Sites", "is empty; name at least one site, such as \"nova\": { \"Hosts\": [\"www.nova.example\"], \"Origin\": \"platform\" }.");
        }

        var claims = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, site) in options.Sites)
        {
            var key = $"Sites:{id}";
            if (!SiteId.TryParse(id, out _))
            {
                errors.Add(key, "is not a site id: use 1 to 63 of a-z, 0-9 and '-', not starting with '-'.");
            }

            if (!options.Origins.ContainsKey(site.Origin))
            {
                errors.Add($"{key}:Origin", $"names '{site.Origin}', which is not under Origins. Known: {string.Join(", ", options.Origins.Keys)}.");
            }

            foreach (var group in site.Groups.Where(group => !OverrideScope.IsName(group)))
            {
                errors.Add($"{key}:Groups", $"'{group}' is not a name of a group: use 1 to 63 letters, digits, '-', '.' and '_', beginning with a letter or digit.");
            }

            CheckProbe($"{key}:Probe", site.Probe, errors);
            CheckPaths(key, site, errors);
            if (site.CoveredHeadersTimeout is { } limit)
            {
                LiveRules.CheckCoveredHeadersTimeout($"{key}:CoveredHeadersTimeout", limit, options.Live, errors);
            }

            CheckHosts(key, id, site, claims, errors);
        }
    }

    private static void CheckProbe(string key, ProbeOptions probe, ConfigurationErrors errors)
    {
        if (!RequestTarget.TryParse(probe.Path, out _, out var problem))
        {
            errors.Add($"{key}:Path", $"'{probe.Path}' is not a path ({problem}).");
        }

        if (probe.Host is { } host && !HostName.TryParse(host, out _))
        {
            errors.Add($"{key}:Host", $"'{host}' is not a host; write www.example.org.");
        }

        foreach (var text in probe.Statuses.Where(text => !StatusRange.TryParse(text, out _)))
        {
            errors.Add($"{key}:Statuses", $"'{text}' is not a status; write 200 or 200-299.");
        }

        if (probe.Header is { } header && header.Split(':')[0].Trim() is not { Length: > 0 })
        {
            errors.Add($"{key}:Header", $"'{header}' has no name; write X-Health or X-Health: ok.");
        }
    }

    private static void CheckPaths(string key, SiteOptions site, ConfigurationErrors errors)
    {
        foreach (var (name, prefixes) in new[] { ("LiveOnly", site.LiveOnly), ("SnapshotFirst", site.SnapshotFirst) })
        {
            foreach (var prefix in prefixes.Where(prefix => !RequestTarget.TryParse(prefix, out var target, out _) || target.Query is not null))
            {
                errors.Add($"{key}:{name}", $"'{prefix}' is not a path; write /admin for that and all below it.");
            }
        }

        foreach (var both in site.LiveOnly.Intersect(site.SnapshotFirst, StringComparer.Ordinal))
        {
            errors.Add($"{key}:SnapshotFirst", $"'{both}' is under LiveOnly too; only one can hold.");
        }
    }

    private static void CheckHosts(string key, string id, SiteOptions site, Dictionary<string, string> claims, ConfigurationErrors errors)
    {
        if (site.Hosts.Count == 0)
        {
            errors.Add($"{key}:Hosts", "is empty; a site needs at least one host.");
        }

        foreach (var text in site.Hosts)
        {
            if (!HostPattern.TryParse(text, out var pattern))
            {
                errors.Add($"{key}:Hosts", $"'{text}' is not a host; write www.example.org or *.example.org, in punycode where it has other letters.");
            }
            else if (!claims.TryAdd(pattern.ToString(), id) && claims[pattern.ToString()] is var other)
            {
                errors.Add($"{key}:Hosts", other == id ? $"'{text}' is named twice." : $"'{text}' is claimed by the site '{other}' too.");
            }
        }

        if (site.Hosts is [var first, ..] && first.StartsWith('*'))
        {
            errors.Add($"{key}:Hosts", "starts with a wildcard; the first host is the canonical one and must be a name.");
        }
    }
}
