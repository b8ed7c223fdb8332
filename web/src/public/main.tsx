import { start } from "../ui/start";
import "./home.css";
import { Home } from "./Home";

start(<Home />);
