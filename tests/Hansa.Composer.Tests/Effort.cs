using Microsoft.Playwright;

namespace Hansa.Composer.Tests;

/// <summary>What a person does with the hands: clicks, and keys. What is longer than a person types at once is pasted, with two keys.</summary>
public sealed record Effort(int Clicks, int Keys)
{
    private const string Script = """
        {
          const pasted = 30;
          const before = new WeakMap();
          addEventListener('pointerdown', event => { if (event.isTrusted) noteEffort(1, 0); }, true);
          addEventListener('focusin', event => before.set(event.target, event.target.value?.length ?? 0), true);
          addEventListener('input', event => {
            if (event.target.type === 'checkbox') return;
            const length = event.target.value?.length ?? 0;
            const grown = length - (before.get(event.target) ?? 0);
            before.set(event.target, length);
            noteEffort(0, grown > pasted ? 2 : Math.max(grown, 0));
          }, true);
        }
        """;

    public static Effort operator +(Effort one, Effort other) => new(one.Clicks + other.Clicks, one.Keys + other.Keys);

    public static Effort operator -(Effort one, Effort other) => new(one.Clicks - other.Clicks, one.Keys - other.Keys);

    /// <summary>Tells of each click and key in the windows of a browser's context.</summary>
    public static async Task WatchAsync(IBrowserContext context, Action<Effort> note)
    {
        await context.ExposeFunctionAsync("noteEffort", (int clicks, int keys) =>
        {
            note(new(clicks, keys));
            return true;
        });
        await context.AddInitScriptAsync(Script);
    }
}
