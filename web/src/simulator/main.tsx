import { start } from "../ui/start";
import { Simulator } from "./Simulator";
import "./simulator.css";

start(<Simulator />);
