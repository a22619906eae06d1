using System.Collections;
using System.Reflection;

namespace EdgeHost.Configuration;

/// <summary>
/// Finds keys that no option has, and values that an option can't take. The binder's own check stops at the first object with one; an operator wants to see them all.
/// </summary>
internal static class UnknownKeys
{
    /// <returns>The keys whose values can't be read, relative to the first section.</returns>
    public static IReadOnlySet<string> Find(IConfigurationSection section, Type type, ConfigurationErrors errors)
    {
        var unreadable = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Find(section, type, "", errors, unreadable);
        return unreadable;
    }

    private static void Find(IConfigurationSection section, Type type, string path, ConfigurationErrors errors, HashSet<string> unreadable)
    {
        var isLeaf = ElementOf(type) is null && !IsOptions(type);
        if (section.Value is { } text && (isLeaf ? !ValueForm.Fits(type, text) : text.Length > 0))
        {
            errors.Add(path, $"'{text}' is not {(isLeaf ? ValueForm.Of(type) : "an object or list, which belongs here")}.");
            unreadable.Add(path);
        }

        if (ElementOf(type) is { } element)
        {
            foreach (var child in section.GetChildren())
            {
                if (IsOptions(element) && !child.GetChildren().Any())
                {
                    errors.Add(Join(path, child.Key), "is empty.");
                }

                Find(child, element, Join(path, child.Key), errors, unreadable);
            }
        }
        else if (!isLeaf)
        {
            FindIn(section, type.GetProperties(BindingFlags.Instance | BindingFlags.Public), path, errors, unreadable);
        }
    }

    private static void FindIn(IConfigurationSection section, PropertyInfo[] properties, string path, ConfigurationErrors errors, HashSet<string> unreadable)
    {
        foreach (var child in section.GetChildren())
        {
            if (properties.FirstOrDefault(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                Find(child, known.PropertyType, Join(path, child.Key), errors, unreadable);
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
