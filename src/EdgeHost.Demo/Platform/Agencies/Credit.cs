namespace EdgeHost.Demo.Platform.Agencies;

internal sealed record Credit(int Year, string Work, string Part, string Venue);
