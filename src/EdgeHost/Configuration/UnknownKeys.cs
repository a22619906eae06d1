using System.Collections;
using System.Reflection;

namespace EdgeHost.Configuration;

/// <summary>
/// Finds keys that no option has. The binder's own check stops at the first object with one; an operator wants to see them all.
/// </summary>
internal static class UnknownKeys
{
    public static void Find(IConfigurationSection section, Type type, string path, ConfigurationErrors errors)
    {
        if (ElementOf(type) is { } element)
        {
            foreach (var child in section.GetChildren())
            {
                Find(child, element, Join(path, child.Key), errors);
            }

            return;
        }

        if (!IsOptions(type))
        {
            return;
        }

        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public);
        foreach (var child in section.GetChildren())
        {
            if (properties.FirstOrDefault(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                Find(child, known.PropertyType, Join(path, child.Key), errors);
            }
            else
            {
                errors.Add(Join(path, child.Key), $"is not known here. Known: {string.Join(", ", properties.Select(property => property.Name))}.");
            }
        }
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}:{key}";

    private static bool IsOptions(Type type) => type.IsClass && type != typeof(string) && type.Namespace?.StartsWith(nameof(EdgeHost), StringComparison.Ordinal) == true;

    private static Type? ElementOf(Type type) =>
        type != typeof(string) && type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1] : null;
}
