using System.Collections.Frozen;
using System.Reflection;

namespace MlatExchange.Domain;

/// <summary>
/// The name an event is stored and logged under for ever, and the LED Article 25 operation it records. Pinned, so that renaming the record in code
/// cannot rewrite history. A changed shape is a new record under the next version.
/// </summary>
/// <param name="name">Such as <c>request.drafted.v1</c>; also the <c>kind</c> of the event's leaf in the transparency log.</param>
/// <param name="operation">One of collection, alteration, consultation, disclosure, combination, erasure.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventNameAttribute(string name, string operation) : Attribute
{
    public string Name { get; } = name;

    public string Operation { get; } = operation;
}

/// <summary>Every event type of an assembly with its pinned name.</summary>
public static class EventNames
{
    /// <summary>Events of the domain: type to name and operation.</summary>
    public static FrozenDictionary<Type, EventNameAttribute> Domain { get; } = In(typeof(EventNames).Assembly);

    /// <summary>Events declared in <paramref name="assembly"/>. An event declared outside the domain takes the same attribute.</summary>
    /// <exception cref="InvalidOperationException">Two events carry the same name: a mistake in the code.</exception>
    public static FrozenDictionary<Type, EventNameAttribute> In(Assembly assembly)
    {
        var named = assembly.GetTypes()
            .Select(type => (Type: type, Name: type.GetCustomAttribute<EventNameAttribute>(inherit: false)))
            .Where(pair => pair.Name is not null)
            .ToFrozenDictionary(pair => pair.Type, pair => pair.Name!);
        var twice = named.Values.GroupBy(name => name.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? named : throw new InvalidOperationException($"Two events are named {twice.Key}.");
    }
}
