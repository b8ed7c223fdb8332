// What can be made to go wrong, so that one sees how the server bears it: one fault now, or a whole bad network.
import { useState } from "react";
import { useLanguage } from "../../text/language";
import { ArmForm } from "./ArmForm";
import { arm, disarm, setPlan } from "./api";
import { Count } from "./Count";
import { planOf, WEATHERS, type Weather } from "./weather";
import "./faults.css";

/** `telephone`: there is one whose faults can be armed. */
export function FaultsPanel({ telephone }: { telephone: boolean }) {
  const { faults } = useLanguage().texts.simulator;
  const [told, setTold] = useState("");
  const attempt = (doing: Promise<void>, done: string) => {
    doing.then(() => setTold(done)).catch((error: Error) => setTold(faults.failed(error.message)));
  };
  return (
    <section className="faults" aria-labelledby="faults">
      <h2 id="faults">{faults.heading}</h2>
      <p className="soft">{faults.lead}</p>
      <ArmForm
        telephone={telephone}
        onArm={(fault, code, times) =>
          attempt(arm(fault, code, times), faults.armed(faults.names[fault], times))
        }
        onDisarm={() => attempt(disarm(telephone), faults.disarmed)}
      />
      <PlanForm
        onPlan={(weather, seed) =>
          attempt(setPlan(planOf(weather, seed)), faults.planned(faults.weathers[weather], seed))
        }
      />
      <p className="faults-told" role="status">
        {told}
      </p>
    </section>
  );
}

function PlanForm({ onPlan }: { onPlan: (weather: Weather, seed: number) => void }) {
  const { faults } = useLanguage().texts.simulator;
  const [weather, setWeather] = useState<Weather>("gusts");
  const [seed, setSeed] = useState(7);
  return (
    <form
      className="faults-form"
      onSubmit={(event) => {
        event.preventDefault();
        onPlan(weather, seed);
      }}
    >
      <label>
        {faults.weather}
        <select value={weather} onChange={(event) => setWeather(event.target.value as Weather)}>
          {WEATHERS.map((one) => (
            <option key={one} value={one}>
              {faults.weathers[one]}
            </option>
          ))}
        </select>
      </label>
      <Count label={faults.seed} value={seed} min={0} max={9999} onChange={setSeed} />
      <button type="submit" className="quiet">
        {faults.plan}
      </button>
    </form>
  );
}
